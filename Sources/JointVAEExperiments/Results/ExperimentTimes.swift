import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// How long the runs of an experiment trained: a line a setting.
///
/// Apart from ``ExperimentTable``, which is the same however the runs were trained.
public struct ExperimentTimes {
  private let rows: [[String]]
  private let baseline: String?

  /// The times of the measured runs of `plan` in `folder`, as their logs count them.
  /// - Throws: `FileError` for a log that cannot be read.
  public init(_ plan: ExperimentPlan, _ result: ExperimentResult, in folder: String) throws {
    let outcomes = Dictionary(uniqueKeysWithValues: zip(plan.runs.map(\.name), result.outcomes))
    let groups = try plan.groups.map { group in
      let seconds = try group.runs.compactMap { run -> Double? in
        guard case .measured? = outcomes[run.name] else { return nil }
        return try MetricsLog.trainingSeconds(of: run.folder(in: folder))
      }
      return (name: group.name, time: seconds.isEmpty ? nil : SampleMean(seconds))
    }
    let baseline = plan.experiment.baseline
    let reference = groups.first { $0.name == baseline }?.time
    self.baseline = baseline
    rows = groups.map { group in
      [group.name, Self.text(group.time)]
        + (baseline == nil ? [] : [Self.ratio(of: group.time, to: reference)])
    }
  }

  /// The lines, with a header, and what they count.
  public var text: String {
    let header = ["setting", "training"] + (baseline.map { ["of \($0)'s"] } ?? [])
    return TextTable([header] + rows).text + "\n"
      + "Time that a run trained, by its log. Other work of this machine counts, too, such as other runs at the same time.\n"
  }

  private static func text(_ time: SampleMean?) -> String {
    guard let time else { return "-" }
    return NumberText.duration(time.mean)
      + (time.standardDeviation.map { " +- " + NumberText.duration($0) } ?? "")
  }

  private static func ratio(of time: SampleMean?, to reference: SampleMean?) -> String {
    guard let time, let reference, reference.mean > 0 else { return "-" }
    return NumberText.decimal(time.mean / reference.mean, 2)
  }
}
