import JointVAE
import JointVAEFiles

/// The numbers of a run: `metrics.csv`, a row a logging step, and `epochs.csv`, a row an epoch.
///
/// A run that was stopped and resumed leaves the same rows as one that was not, but for the column `seconds`.
public final class MetricsLog: TrainingObserver {
  private let interval: Int
  private let steps: CSVLog
  private let epochs: CSVLog
  private let objective: Objective
  private let hasValidation: Bool
  /// Seconds of training before this start.
  public let secondsBefore: Double
  private var stopwatch = Stopwatch()

  /// Opens the log of a run in `folder`: begins it when `step` is 0, else keeps its rows up to `step`.
  ///
  /// - Parameters:
  ///   - folder: the folder of the run.
  ///   - objective: the trainer's; a column for every term.
  ///   - interval: steps from one row of metrics.csv to the next; step 1 has a row too.
  ///   - hasValidation: whether epochs have validation terms.
  ///   - step: the step after which the log goes on; 0 for a new one.
  /// - Throws: `FileError` naming the file that cannot be written, or is none of this run's; `ConfigurationError` for a
  ///   term whose name another column has.
  public init(
    in folder: RunFolder, objective: Objective, interval: Int, hasValidation: Bool, after step: Int
  ) throws {
    self.interval = interval
    self.objective = objective
    self.hasValidation = hasValidation
    let stepColumns = try MetricsColumns.steps(objective)
    let epochColumns = MetricsColumns.epochs(objective, hasValidation: hasValidation)
    if step == 0 {
      steps = try CSVLog(creating: folder.metrics, columns: stepColumns)
      epochs = try CSVLog(creating: folder.epochs, columns: epochColumns)
      secondsBefore = 0
    } else {
      steps = try CSVLog(
        resuming: folder.metrics, columns: stepColumns, key: "step", through: step)
      epochs = try CSVLog(
        resuming: folder.epochs, columns: epochColumns, key: "step", through: step)
      secondsBefore = try Self.trainingSeconds(of: folder)
    }
  }

  /// Appends rows as they are due, and makes them last before a checkpoint promises them.
  /// - Throws: `FileError` when the file system takes no more.
  public func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .starting: stopwatch = Stopwatch()
    case .step(let report): try record(report, seconds: stopwatch.seconds)
    case .epoch(let report): try record(report, seconds: stopwatch.seconds)
    case .checkpoint, .ending: try flush()
    case .warning, .ended: break
    }
    return .proceed
  }

  /// Appends the row of a training step when one is due.
  /// - Throws: `FileError` when the file system takes no more.
  public func record(_ report: StepReport, seconds: Double) throws {
    guard report.step == 1 || report.step % interval == 0 else { return }
    let terms = report.terms
    var fields = ["\(report.step)", "\(report.epoch)", Self.seconds(secondsBefore + seconds)]
    fields += [terms.loss, terms.reconstruction].map(Self.number)
    for kind in LatentKind.allCases {
      fields.append(Self.number(terms.divergences[kind]))
      fields += numbers(terms, of: { $0.target == kind })
    }
    fields +=
      Self.latentFields(terms) + numbers(terms, of: { $0.target == nil })
      + learnedFields(report)
    try steps.append(fields)
  }

  /// Appends the row of an epoch.
  /// - Throws: `FileError` when the file system takes no more.
  public func record(_ report: EpochReport, seconds: Double) throws {
    var fields = ["\(report.epoch)", "\(report.step)", Self.seconds(secondsBefore + seconds)]
    fields += Self.lossFields(report.training) + numbers(report.training, of: \.isAdditional)
    if hasValidation {
      fields +=
        report.validation.map(Self.lossFields)
        ?? Array(repeating: "", count: Self.lossFields(report.training).count)
    }
    try epochs.append(fields)
  }

  /// Makes all rows survive a power cut; called before a checkpoint is written, which promises them.
  /// - Throws: `FileError` when the disk refuses.
  public func flush() throws {
    try steps.flush()
    try epochs.flush()
  }

  // MARK: Fields

  /// The measurements of some terms, in their order; empty for one that was not measured.
  private func numbers(_ terms: LossTerms, of isMeant: (Objective.Column) -> Bool) -> [String] {
    objective.terms.filter(isMeant).map {
      terms.measurements[$0.name].map(Self.number) ?? ""
    }
  }

  private static func lossFields(_ terms: LossTerms) -> [String] {
    [terms.loss, terms.reconstruction, terms.continuousKL, terms.discreteKL].map(number)
      + latentFields(terms)
  }

  private func learnedFields(_ report: StepReport) -> [String] {
    guard MetricsColumns.learnsLoss(objective) else { return [] }
    return report.learnedLoss.map { [Self.number($0.alpha), Self.number($0.scale)] } ?? ["", ""]
  }

  private static func latentFields(_ terms: LossTerms) -> [String] {
    (terms.continuousKLs + terms.discreteKLs).map(number)
  }

  /// The shortest text that gives the same `Float`; the terms were added up from floats.
  private static func number(_ value: Double) -> String { "\(Float(value))" }

  private static func seconds(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  /// Seconds that the run in `folder` has trained, by its last row; 0 before the first one.
  /// - Throws: `FileError` for a log that cannot be read, or a time that is no number.
  package static func trainingSeconds(of folder: RunFolder) throws -> Double {
    let table = try CSVTable(contentsOf: folder.metrics, limit: 1 << 30)
    guard let row = table.rows.last else { return 0 }
    guard let place = table.columns.firstIndex(of: "seconds"),
      let seconds = Double(row.fields[place]), seconds >= 0, seconds.isFinite
    else {
      throw FileError(
        folder.metrics,
        "line \(row.line) has no time of training; expected seconds in the column seconds; "
          + "move it away to go on without its rows")
    }
    return seconds
  }
}
