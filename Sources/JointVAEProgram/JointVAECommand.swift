import ArgumentParser
import Foundation
import JointVAECluster
import JointVAEData
import JointVAEFiles
import JointVAERuns

@main
struct JointVAECommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jointvae",
    abstract: "Train, measure and look at a JointVAE.",
    discussion: """
      A JointVAE (Dupont 2018) learns, without labels, a continuous code z and discrete codes c of a set of images, and \
      draws new ones from them.

        jointvae train shapes --out runs/demo
        jointvae traverse runs/demo -o traversals.gif

      Results go to standard output, progress and errors to standard error. It exits with 0, with 1 when something failed, \
      with 64 when it was called wrongly, and with 128 and the signal's number when a signal ended a training.
      """,
    version: PackageVersion.current,
    subcommands: [
      TrainCommand.self, SampleCommand.self, ReconstructCommand.self, TraverseCommand.self,
      ExploreCommand.self, InterpolateCommand.self, NameCommand.self, ModelsCommand.self,
      EncodeCommand.self, EvaluateCommand.self, FitCommand.self, MergeCommand.self,
      ReportCommand.self,
      ExperimentCommand.self, InfoCommand.self,
      ConvertCommand.self, CardCommand.self, DataCommand.self, SuggestCapacityCommand.self,
      LossChartCommand.self,
      BenchCommand.self, GenerateCommand.self,
    ])

  static func main() {
    if RankWork.call != nil { JobCall.closeInherited() }
    StandardDescriptors.open()
    MappingFault.report()
    do {
      try suggestCommand(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      try command.run()
      try StandardOutput.close()
    } catch {
      end((error as? FileError)?.advised ?? (error as? DataSetError)?.advised ?? error)
    }
  }

  /// - Throws: `ValidationError` for a word that is no command where one is expected.
  static func suggestCommand(_ words: some Sequence<String>) throws {
    var command: any ParsableCommand.Type = self
    for word in words {
      let commands = command.configuration.subcommands
      guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      if let next = commands.first(where: { $0.configuration.commandName == word }) {
        command = next
        continue
      }
      let names = commands.filter { $0.configuration.shouldDisplay }
        .compactMap { $0.configuration.commandName }
      let guess = NearestName.of(word, among: names).map { " Did you mean \($0)?" } ?? ""
      throw ValidationError(
        "\(word.quoted) is no command.\(guess) The commands are \(names.joined(separator: ", ")).")
    }
  }

  /// Ends the program with the message and the code of `error`. Help and versions are such, too, and no failures.
  private static func end(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    // What is wrong with the command line of one rank is wrong with that of all, and rank 0 prints it, unless it hangs.
    if RankWork.isSilent, sharesWork {
      RankWork.awaitPrinting(ofFailure: !code.isSuccess)
      guard let silent = error as? SilentRank, silent.rank == 0 else {
        Foundation.exit(code.rawValue)
      }
    }
    let text = fullMessage(for: error)
    if code.isSuccess {
      do {
        if !text.isEmpty { try StandardOutput.write(text + "\n") }
        try StandardOutput.close()
      } catch { end(error) }
    } else if !text.isEmpty {
      Terminal().write(text + "\n")
    }
    Foundation.exit(code.rawValue)
  }
}

extension JointVAECommand {
  /// Whether this is a command that ranks do together.
  private static var sharesWork: Bool {
    ["train", "evaluate", "experiment", "bench"].contains(CommandLine.arguments.dropFirst().first)
  }
}

extension FileError {
  /// The same error, with the options of commands in what to do about it.
  var advised: FileError {
    guard let remedy else { return self }
    let advice =
      switch remedy {
      case .replace: "choose another name, or replace it with --force"
      case .confirm: "look at them with --dry-run, and begin them with --yes"
      case .measure: "measure them on a data set with --dataset NAME"
      case .evaluate:
        "make it again with "
          + EvaluateCommand.storingScores(
            of: RunFolder((path as NSString).deletingLastPathComponent))
      case .fit: "fit it with jointvae fit MODEL DATASET"
      case .nameLabels:
        "pass the column that holds the labels with --label-column: its name, its number from 1, first, "
          + "last or none"
      case .holdBack: "choose --split test, or train with --validation 0.1"
      case .giveValues: "give the values of black and white with --values MIN,MAX"
      }
    return FileError(path, "\(problem); \(advice)")
  }
}

extension DataSetError {
  /// The same error, with the command that downloads the files that are missing.
  var advised: DataSetError {
    guard isDownloadable else { return self }
    return DataSetError(dataSet, "\(problem); jointvae data fetch \(dataSet) downloads them")
  }
}
