import ArgumentParser
import Foundation
import JointVAE
import JointVAEExperiments
import JointVAEExplorer
import JointVAEFiles
import JointVAEModels
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
    /// What the explorer's page of the model mnist has to compute, for tests in browsers.
    case numbers
  }

  @Argument(
    help:
      "settings for docs/settings.md, schema for Experiments/schema.json, man for manual pages, numbers for tests of the explorer."
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
    case .numbers:
      let numbers = try ExplorerNumbers(PretrainedModel.mnist.load(), count: 100)
      try StandardOutput.print(
        String(decoding: JSONEncoder().encode(numbers), as: UTF8.self))
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
