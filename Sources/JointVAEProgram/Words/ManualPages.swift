import ArgumentParser
import Foundation
import JointVAEFiles
import JointVAERuns

/// The manual pages of the program, one a command, from the same words as its help.
struct ManualPages {
  private let root: Command

  /// Pages of the commands under `root`.
  init(_ root: any ParsableCommand.Type) throws {
    self.root = try JSONDecoder().decode(Dump.self, from: Data(root._dumpHelp().utf8)).command
  }

  /// Each page's file name and text.
  var pages: [(name: String, text: String)] {
    Self.all(root, above: []).map { command, path in
      ("\(path.joined(separator: "-")).1", Self.page(command, path))
    }
  }

  /// A command and all that help shows below it, each with the words that call it.
  private static func all(
    _ command: Command, above: [String]
  ) -> [(Command, path: [String])] {
    let path = above + [command.commandName]
    let below = (command.subcommands ?? [])
      .filter { ($0.shouldDisplay ?? true) && $0.commandName != "help" }
    return [(command, path)] + below.flatMap { all($0, above: path) }
  }

  private static func page(_ command: Command, _ path: [String]) -> String {
    let name = path.joined(separator: "-")
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"jointvae \(PackageVersion.current)\" \"jointvae\"",
      ".SH NAME", "\(escaped(name)) \\- \(escaped(command.abstract ?? ""))", ".SH SYNOPSIS",
      ".B \(escaped(path.joined(separator: " ")))", synopsis(command),
    ]
    if let discussion = command.discussion, !discussion.isEmpty {
      lines += [".SH DESCRIPTION"] + paragraphs(discussion)
    }
    let arguments = (command.arguments ?? []).filter { $0.shouldDisplay ?? true }
    var sections: [String] = []
    for argument in arguments where !sections.contains(section(argument)) {
      sections.append(section(argument))
    }
    for title in sections {
      lines.append(".SH \(escaped(title.uppercased()))")
      for argument in arguments where section(argument) == title {
        lines += [".TP", ".B \(escaped(argument.form))", escaped(argument.words)]
      }
    }
    let below = all(command, above: Array(path.dropLast())).dropFirst()
      .filter { $0.path.count == path.count + 1 }
    if !below.isEmpty {
      lines.append(".SH COMMANDS")
      for (command, path) in below {
        lines += [
          ".TP", ".BR \(escaped(path.joined(separator: "-"))) (1)", escaped(command.abstract ?? ""),
        ]
      }
    }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  private static func section(_ argument: Argument) -> String {
    argument.sectionTitle ?? (argument.kind == "positional" ? "Arguments" : "Options")
  }

  private static func synopsis(_ command: Command) -> String {
    let positional = (command.arguments ?? []).filter { $0.kind == "positional" }.map {
      let text = $0.form + ($0.isRepeating ?? false ? " ..." : "")
      return $0.isOptional ?? false ? "[\(text)]" : text
    }
    return escaped((positional + ["[options]"]).joined(separator: " "))
  }

  /// Paragraphs, and examples as they are.
  private static func paragraphs(_ text: String) -> [String] {
    text.split(separator: "\n\n").flatMap { part -> [String] in
      let lines = part.split(separator: "\n").map(String.init)
      guard part.hasPrefix("  ") else { return [".PP", escaped(lines.joined(separator: " "))] }
      return [".PP", ".nf"] + lines.map(escaped) + [".fi"]
    }
  }

  /// Text that roff takes for nothing but text.
  private static func escaped(_ text: String) -> String {
    let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("\n", with: " ")
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }
}

extension ManualPages {
  /// What the argument parser prints of a program.
  private struct Dump: Decodable {
    var command: Command
  }

  private struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var subcommands: [Command]?
    var arguments: [Argument]?
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
    }

    var kind: String
    var shouldDisplay: Bool?
    var isOptional: Bool?
    var isRepeating: Bool?
    var sectionTitle: String?
    var valueName: String?
    var names: [Name]?
    var abstract: String?
    var defaultValue: String?

    /// As it is typed: `-o, --output <output>`.
    var form: String {
      guard kind != "positional" else { return "<\(valueName ?? "")>" }
      let texts = (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
      let value = kind == "option" ? " <\(valueName ?? "")>" : ""
      return texts.joined(separator: ", ") + value
    }

    var words: String {
      let text = abstract ?? ""
      guard let defaultValue, !text.contains("(default") else { return text }
      return "\(text) (default: \(defaultValue))"
    }
  }
}
