import Foundation
import TestSupport
import Testing

@Suite("The README") struct ReadmeTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(SharedFiles.packageFolder)/\(path)", encoding: .utf8)
  }

  @Test("shows the example that is compiled here")
  func example() throws {
    let source = try text("Tests/DocumentationTests/ReadmeExample.swift")
    let parts = source.components(separatedBy: "// ----\n")
    let shown = try text("README.md").components(separatedBy: "```")
    #expect(shown.contains("swift\n" + parts[1]))
  }

  @Test("shows an example that works")
  func exampleRuns() throws {
    let images = try drawShapes()
    #expect(images.count == 16)
    #expect(images.values.contains { $0 > 0.2 })
  }

  @Test("links to files that are there")
  func links() throws {
    for document in ["README.md", "CONTRIBUTING.md"] {
      let links = try text(document).matches(of: /\]\((?<path>[^)#]+)\)/).map { String($0.path) }
      for link in links where !link.contains("://") {
        #expect(
          FileManager.default.fileExists(atPath: "\(SharedFiles.packageFolder)/\(link)"),
          "\(document) links to \(link)")
      }
    }
  }

  @Test("names every command of the program, and no other")
  func commands() throws {
    let help = try text("Tests/CommandLineTests/Expected/jointvae.txt")
    let listed = help.components(separatedBy: "SUBCOMMANDS:").last ?? ""
    let commands = listed.split(separator: "\n").compactMap {
      $0.wholeMatch(of: /\s+(?<name>[a-z-]+)\s.*/).map { String($0.name) }
    }
    let shown = Set(
      try text("README.md").matches(of: /`jointvae (?<name>[a-z-]+)/).map { String($0.name) })
    #expect(!commands.isEmpty)
    #expect(shown.subtracting(["help"]) == Set(commands))
  }
}
