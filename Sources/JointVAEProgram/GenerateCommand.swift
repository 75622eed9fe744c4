import ArgumentParser
import Foundation
import JointVAEExperiments
import JointVAEFiles
import JointVAERuns

/// Prints the files of the repository that are made from the table of settings, and writes manual pages; for developers
/// and `make install`, so hidden from help.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Print a file that is made from the table of settings, or write manual pages.",
    shouldDisplay: false)

  /// Which file.
  enum File: String, CaseIterable, ExpressibleByArgument {
    /// docs/settings.md.
    case settings
    /// Experiments/schema.json.
    case schema
    /// A manual page for each command.
    case man
  }

  @Argument(
    help: "settings for docs/settings.md, schema for Experiments/schema.json, man for manual pages."
  )
  var file: File

  @Option(help: "The folder for manual pages.")
  var out: String?

  func validate() throws {
    if (file == .man) != (out != nil) {
      throw ValidationError("--out FOLDER goes with man, and with nothing else.")
    }
  }

  func run() throws {
    switch file {
    case .settings: try StandardOutput.print(SettingTable.markdown, terminator: "")
    case .schema: try StandardOutput.print(ExperimentSchema.text(), terminator: "")
    case .man: try writeManual(to: out ?? "")
    }
  }

  private func writeManual(to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw FileError(folder, "cannot be made; choose another folder with --out") }
    for page in try ManualPages(JointVAECommand.self).pages {
      try AtomicFile.write(page.text, to: "\(folder)/\(page.name)")
    }
  }
}
