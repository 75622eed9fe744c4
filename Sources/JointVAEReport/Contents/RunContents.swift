import Foundation
import JointVAE
import JointVAEFiles
import JointVAEImages
import JointVAEMetrics
import JointVAERuns

/// All that a report can show of a run, and a sentence for everything that it cannot.
struct RunContents {
  /// The run.
  let run: ReportRun
  /// Every setting.
  private(set) var configuration: RunConfiguration?
  /// The rows of metrics.csv.
  private(set) var metrics: MetricsCurves?
  /// The rows of epochs.csv.
  private(set) var epochs: MetricsCurves?
  /// What the last checkpoint measured.
  private(set) var summary: RunSummary?
  /// The seeds among which it was chosen; nil for a run without restarts.
  private(set) var restarts: RestartTable?
  /// Scores.
  private(set) var evaluation: Evaluation?
  /// Originals, reconstructions, and what the most telling latents do.
  private(set) var keyFigure: (picture: ReportPicture, figure: KeyFigure)?
  /// Images drawn from the prior.
  private(set) var samples: ReportPicture?
  /// Originals above their reconstructions.
  private(set) var reconstructions: ReportPicture?
  /// The latents' sweeps.
  private(set) var traversals: ReportPicture?
  /// A frame an epoch.
  private(set) var training: ReportPicture?
  /// What cannot be shown.
  private(set) var problems: [ReportRemark] = []
  /// That the run was not measured, in a sentence; nil where it was.
  private(set) var advice: String?
  /// The command that measures the run, where the program that asks for the report has one.
  let evaluationCommand: String?

  /// All that is not there.
  var missing: [ReportRemark] {
    problems + (advice.map { [ReportRemark($0, isDamage: false)] } ?? [])
  }

  /// Reads what is there.
  ///
  /// - Parameters:
  ///   - budget: bytes that the run's pictures may take together.
  ///   - evaluationCommand: the command that measures a run, if there is one.
  init(_ run: ReportRun, budget: Int, evaluationCommand: ((RunFolder) -> String)? = nil) {
    self.run = run
    let folder = run.folder
    self.evaluationCommand = evaluationCommand?(folder)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      problems.append(
        ReportRemark(
          "\(folder.path): is no folder; the run was deleted or has not begun", isDamage: false))
      return
    }
    configuration = attempt { try RunConfiguration(contentsOf: folder.configuration) }
    readNumbers(folder)
    readPictures(folder, budget: budget)
  }

  /// Whether there is nothing to show.
  var isEmpty: Bool {
    configuration == nil && metrics == nil && epochs == nil && summary == nil && evaluation == nil
      && [samples, reconstructions, traversals, training].allSatisfy { $0 == nil }
  }

  private mutating func readNumbers(_ folder: RunFolder) {
    metrics = attempt { try MetricsCurves(contentsOf: folder.metrics) }
    // A run of less than an epoch has no row here, and nothing is wrong with it.
    if let table = try? CSVTable(contentsOf: folder.epochs, limit: 1 << 27), table.rows.isEmpty {
      epochs = nil
    } else {
      epochs = attempt { try MetricsCurves(contentsOf: folder.epochs) }
    }
    problems += ((metrics?.problems ?? []) + (epochs?.problems ?? [])).map {
      ReportRemark($0, isDamage: true)
    }
    let latents = configuration?.training.latents
    summary = attempt { try Self.readSummary(folder, latents) }
    if folder.hasRestarts {
      restarts = attempt { try RestartTable(contentsOf: folder.restarts) }
    }
    guard FileManager.default.fileExists(atPath: folder.evaluation) else {
      advice = "\(folder.path): has no scores yet" + withCommand("; make them")
      return
    }
    evaluation = attempt {
      try folder.readEvaluation(latents: latents)
    }
    if evaluation != nil, folder.hasOutdatedEvaluation {
      problems.append(
        ReportRemark(
          "\(folder.evaluation): is older than the model; if it was trained on since, make it again"
            + withCommand(""), isDamage: false))
    }
  }

  /// `text` and the command that measures the run; nothing without a command.
  private func withCommand(_ text: String) -> String {
    evaluationCommand.map { "\(text) with \($0)" } ?? ""
  }

  private static func readSummary(_ folder: RunFolder, _ latents: LatentSpec?) throws -> RunSummary
  {
    let summary = try RunSummary(contentsOf: folder.summary)
    if let latents,
      summary.kl.continuous.count != latents.continuous
        || summary.kl.discrete.count != latents.discrete.count
    {
      throw FileError(
        folder.summary, "holds the KLs of other latents than the run's \(latents); left out")
    }
    return summary
  }

  private mutating func readPictures(_ folder: RunFolder, budget: Int) {
    var rest = budget
    samples = attempt { try ReportPicture.still(folder.samples, budget: budget / 4).0 }
    let pairs = attempt { try ReportPicture.still(folder.reconstructions, budget: budget / 4) }
    reconstructions = pairs?.0
    keyFigure = makeKeyFigure(folder, pairs?.1, budget: budget / 4)
    for still in [samples, reconstructions, keyFigure?.picture] {
      rest -= still?.bytes.count ?? 0
    }
    // The sweeps tell more than the training, so they come first; what they leave is the training's.
    traversals = attempt {
      try ReportPicture.animation(folder.traversalAnimation, budget: max(0, rest * 2 / 3))
    }
    rest -= traversals?.bytes.count ?? 0
    if epochs == nil, !FileManager.default.fileExists(atPath: folder.trainingAnimation) { return }
    training = attempt {
      try ReportPicture.animation(folder.trainingAnimation, budget: max(0, rest))
    }
  }

  private mutating func makeKeyFigure(
    _ folder: RunFolder, _ reconstructions: Image?, budget: Int
  ) -> (picture: ReportPicture, figure: KeyFigure)? {
    guard let kl = summary?.kl else { return nil }
    return attempt {
      let stored = try StoredModel(folder.path)
      let figure = try KeyFigure(
        of: stored.model, kl: kl, reconstructions: reconstructions, names: stored.categoryNames)
      let picture = try ReportPicture(figure.image)
      try ReportPicture.requireRoom(folder.model, picture.bytes.count, budget)
      return (picture, figure)
    }
  }

  /// What `body` gives; nil, and a sentence when it throws.
  private mutating func attempt<Value>(_ body: () throws -> Value) -> Value? {
    do { return try body() } catch {
      let sentence =
        "\(error)".hasPrefix(run.folder.path) ? "\(error)" : "\(run.folder.path): \(error)"
      // A file that is there and cannot be read is damaged; one that is too large to be shown is not.
      let path = (error as? FileError)?.path ?? run.folder.path
      let remark = ReportRemark(
        sentence,
        isDamage: !(error is ReportPicture.NoRoom)
          && FileManager.default.fileExists(atPath: path))
      // What several parts need is missing once.
      if !problems.contains(remark) { problems.append(remark) }
      return nil
    }
  }
}

/// Something that a page cannot show, or that its reader should know.
public struct ReportRemark: Hashable, Sendable, CustomStringConvertible {
  /// A sentence that names the file.
  public let description: String
  /// Whether a file is there and cannot be read. What was never made is none.
  public let isDamage: Bool

  /// The remark `description`.
  init(_ description: String, isDamage: Bool) {
    self.description = description
    self.isDamage = isDamage
  }
}
