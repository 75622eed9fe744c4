import JointVAEReport
import JointVAERuns

/// The HTML report of an experiment: the one place that asks for it.
public struct ExperimentReport {
  /// What the report shows: every run that has begun.
  public let request: ReportRequest

  /// The report of the runs of `plan` in `folder`.
  public init(_ plan: ExperimentPlan, in folder: String) {
    let axes = plan.experiment.axes.map(\.name)
    let isNamed = !plan.experiment.named.isEmpty
    request = ReportRequest(
      title: plan.experiment.title + (plan.isQuick ? " (quick)" : ""),
      introduction: plan.experiment.description,
      axes: (isNamed ? ["run"] : []) + axes + ["seed"],
      runs: plan.runs.map { run in
        ReportRun(
          name: run.name, folder: run.folder(in: folder),
          settings: run.reportSettings)
      }.filter(\.folder.isRun))
  }

  /// Writes `report.html`, and beside it the chart of accuracies as `accuracy.svg`, where runs were measured against labels, and
  /// that of all scores as `scores.svg`.
  /// - Returns: what is missing in the report.
  /// - Throws: `FileError` when they cannot be written.
  @discardableResult
  public func write(in folder: String) throws -> [ReportRemark] {
    try HTMLReport(request).write(
      to: "\(folder)/report.html", accuracyChart: "\(folder)/accuracy.svg",
      scoresChart: "\(folder)/scores.svg")
  }
}

extension PlannedRun {
  /// What distinguishes it from the other runs, in the order of the report's axes.
  fileprivate var reportSettings: [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = []
    if let label { pairs.append(("run", label)) }
    pairs += settings.map { ($0.name, $0.value) }
    return pairs + [("seed", "\(seed)")]
  }
}
