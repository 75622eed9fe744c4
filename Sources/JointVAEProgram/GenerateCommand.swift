import ArgumentParser
import JointVAEExperiments
import JointVAERuns

/// Prints the files of the repository that are made from the table of settings; for developers, so hidden from help.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Print a file that is made from the table of settings.",
    shouldDisplay: false)

  /// Which file.
  enum File: String, CaseIterable, ExpressibleByArgument {
    /// docs/settings.md.
    case settings
    /// Experiments/schema.json.
    case schema
  }

  @Argument(help: "settings for docs/settings.md, schema for Experiments/schema.json.")
  var file: File

  func run() throws {
    switch file {
    case .settings: try StandardOutput.print(SettingTable.markdown, terminator: "")
    case .schema: try StandardOutput.print(ExperimentSchema.text(), terminator: "")
    }
  }
}
