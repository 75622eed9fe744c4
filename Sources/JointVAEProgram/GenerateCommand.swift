import ArgumentParser
import Foundation
import JointVAE
import JointVAEData
import JointVAEExperiments
import JointVAEExplorer
import JointVAEFiles
import JointVAEModels
import JointVAERuns

/// Makes the files of the repository that the program itself is the source of, and writes manual pages; for developers and
/// `make install`, so hidden from help.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make a file of the repository, or write manual pages.",
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
    /// The classifier in whose features samples are compared, from the known data sets.
    case classifier
  }

  @Argument(
    help:
      "settings for docs/settings.md, schema for Experiments/schema.json, man for manual pages, numbers for tests of the explorer, classifier for the file in Sources/CModels."
  )
  var file: File

  @Option(help: "The folder for manual pages, or the file for the classifier.")
  var out: String?

  func validate() throws {
    if (file == .man || file == .classifier) != (out != nil) {
      throw ValidationError("--out PATH goes with man and classifier, and with nothing else.")
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
    case .classifier: try writeClassifier(to: out ?? "")
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

  /// Sets with many kinds of images between them: digits, clothes, letters, signs and shapes.
  private static let classifiedSets = [
    "mnist", "fashion-mnist", "arabic-characters", "math-symbols", "four-shapes", "glyphs",
    "shapes", "sprites",
  ]

  private func writeClassifier(to path: String) throws {
    let catalog = Environment.catalog()
    let sources = try Self.classifiedSets.map { name in
      func images(_ split: DataSplit) throws -> LabeledImages {
        var request = DataSetRequest(name, imageSize: ImageSize(side: 32))
        request.usualSplit = split
        request.preparation.match(channels: 1)
        return try catalog.load(request)
      }
      return try ClassifierTraining.Source(name: name, images: images(.train), tests: images(.test))
    }
    let training = try ClassifierTraining(sources)
    let model = try training.train { step, loss in
      Terminal().write("step \(step)/\(training.steps)  cross entropy \(loss)\n")
    }
    let accuracies = try training.accuracies(of: model).map {
      "\($0.name) \(NumberText.decimal($0.accuracy, 3))"
    }.joined(separator: ", ")
    try model.save(
      to: path, as: .safetensors, precision: .half,
      notes: [
        "classes": "\(training.classCount)", "accuracy": accuracies,
        "trained_on": Self.classifiedSets.joined(separator: ", "),
      ])
    try StandardOutput.print("\(path): \(training.classCount) classes; accuracy \(accuracies)")
  }
}
