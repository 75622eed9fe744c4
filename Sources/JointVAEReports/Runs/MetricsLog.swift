import JointVAE

/// The numbers of a run: `metrics.csv`, a row a logging step, and `epochs.csv`, a row an epoch.
///
/// A run that was stopped and resumed leaves the same rows as one that was not, but for the column `seconds`.
public final class MetricsLog {
  private let interval: Int
  private let steps: CSVLog
  private let epochs: CSVLog
  private let hasValidation: Bool
  private let learnsLoss: Bool
  /// Seconds of training before this start.
  public let secondsBefore: Double

  /// Opens the log of a run in `folder`: begins it when `step` is 0, else keeps its rows up to `step`.
  ///
  /// - Parameters:
  ///   - interval: steps from one row of metrics.csv to the next; step 1 has a row too.
  ///   - hasPairs: whether steps have terms of pairs.
  ///   - hasValidation: whether epochs have validation terms.
  ///   - learnsLoss: whether steps tell alpha and c of an adaptive loss.
  /// - Throws: `FileError` naming the file that cannot be written, or is none of this run's.
  public init(
    in folder: RunFolder, latents: LatentSpec, interval: Int, hasPairs: Bool = false,
    hasValidation: Bool, learnsLoss: Bool = false, after step: Int
  ) throws {
    self.interval = interval
    self.hasValidation = hasValidation
    self.learnsLoss = learnsLoss
    let stepColumns = Self.stepColumns(latents, hasPairs: hasPairs, learnsLoss: learnsLoss)
    let epochColumns = Self.epochColumns(latents, hasValidation: hasValidation)
    if step == 0 {
      steps = try CSVLog(creating: folder.metrics, columns: stepColumns)
      epochs = try CSVLog(creating: folder.epochs, columns: epochColumns)
      secondsBefore = 0
    } else {
      steps = try CSVLog(
        resuming: folder.metrics, columns: stepColumns, key: "step", through: step)
      epochs = try CSVLog(
        resuming: folder.epochs, columns: epochColumns, key: "step", through: step)
      secondsBefore = try Self.lastSeconds(folder.metrics)
    }
  }

  /// Appends the row of a training step when one is due.
  /// - Throws: `FileError` when the file system takes no more.
  public func record(_ report: StepReport, seconds: Double) throws {
    guard report.step == 1 || report.step % interval == 0 else { return }
    let terms = report.terms
    try steps.append(
      ["\(report.step)", "\(report.epoch)", Self.seconds(secondsBefore + seconds)]
        + [
          terms.loss, terms.reconstruction, terms.continuousKL, report.continuousCapacity,
          terms.discreteKL, report.discreteCapacity,
        ].map(Self.number) + Self.latentFields(terms)
        + (terms.pairs.map { [$0.consistency, $0.balance].map(Self.number) } ?? [])
        + lossFields(report))
  }

  /// Appends the row of an epoch.
  /// - Throws: `FileError` when the file system takes no more.
  public func record(_ report: EpochReport, seconds: Double) throws {
    var fields = ["\(report.epoch)", "\(report.step)", Self.seconds(secondsBefore + seconds)]
    fields += Self.termFields(report.training)
    if hasValidation {
      fields +=
        report.validation.map(Self.termFields)
        ?? Array(
          repeating: "", count: Self.termFields(report.training).count)
    }
    try epochs.append(fields)
  }

  /// Makes all rows survive a power cut; called before a checkpoint is written, which promises them.
  /// - Throws: `FileError` when the disk refuses.
  public func flush() throws {
    try steps.flush()
    try epochs.flush()
  }

  // MARK: Columns

  private static func latentColumns(_ latents: LatentSpec) -> [String] {
    LatentTraversal.variables(of: latents).map { "kl_\($0)" }
  }

  static func stepColumns(
    _ latents: LatentSpec, hasPairs: Bool = false, learnsLoss: Bool = false
  ) -> [String] {
    [
      "step", "epoch", "seconds", "loss", "reconstruction", "kl_z", "capacity_z", "kl_c",
      "capacity_c",
    ] + latentColumns(latents) + (hasPairs ? ["consistency", "balance"] : [])
      + (learnsLoss ? ["loss_alpha", "loss_scale"] : [])
  }

  static func epochColumns(_ latents: LatentSpec, hasValidation: Bool) -> [String] {
    let terms = ["loss", "reconstruction", "kl_z", "kl_c"] + latentColumns(latents)
    return ["epoch", "step", "seconds"] + terms
      + (hasValidation ? terms.map { "validation_\($0)" } : [])
  }

  private static func termFields(_ terms: LossTerms) -> [String] {
    [terms.loss, terms.reconstruction, terms.continuousKL, terms.discreteKL].map(number)
      + latentFields(terms)
  }

  private func lossFields(_ report: StepReport) -> [String] {
    guard learnsLoss else { return [] }
    return report.learnedLoss.map { [Self.number($0.alpha), Self.number($0.scale)] } ?? ["", ""]
  }

  private static func latentFields(_ terms: LossTerms) -> [String] {
    (terms.continuousKLs + terms.discreteKLs).map(number)
  }

  /// The shortest text that gives the same `Float`; the terms were added up from floats.
  private static func number(_ value: Double) -> String { "\(Float(value))" }

  private static func seconds(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  private static func lastSeconds(_ path: String) throws -> Double {
    let table = try CSVTable(contentsOf: path, limit: 1 << 30)
    guard let place = table.columns.firstIndex(of: "seconds") else { return 0 }
    return table.rows.last.flatMap { Double($0.fields[place]) } ?? 0
  }
}
