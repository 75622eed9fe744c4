import JointVAEFiles

/// One page about one run or several, with everything in it: pictures, charts, scores, settings.
///
/// It needs nothing from elsewhere: a browser opens it without a network, and its policy forbids it to ask for one. It shows no
/// number that was not measured. The same files give the same bytes.
public struct HTMLReport: Sendable {
  private let request: ReportRequest

  /// Bytes of all pictures together, before base64 makes 4 of 3: a report stays below 15 MB.
  private static let pictureBudget = 9_500_000
  /// What one run's pictures may take at least, however many runs there are.
  private static let leastBudget = 150_000

  /// A report of what `request` names.
  public init(_ request: ReportRequest) { self.request = request }

  /// Writes the page to one file.
  ///
  /// - Parameters:
  ///   - path: the file to write.
  ///   - chartPath: where to write the chart of the accuracies by majority as well, an SVG file for a document; nil for
  ///     nowhere. None is written for runs that were not measured against labels.
  ///   - scoresPath: where to write the chart of all scores, in the same way.
  /// - Returns: everything that is missing or damaged, as on the page.
  /// - Throws: `FileError` when there is no run, no run has anything to show, or the file cannot be written.
  @discardableResult
  public func write(
    to path: String, accuracyChart chartPath: String? = nil, scoresChart scoresPath: String? = nil
  ) throws -> [ReportRemark] {
    guard !request.runs.isEmpty else {
      throw FileError(path, "would show no run; name at least one run folder")
    }
    let budget = max(Self.leastBudget, Self.pictureBudget / request.runs.count)
    let runs = request.runs.map {
      RunContents($0, budget: budget, evaluationCommand: request.evaluationCommand)
    }
    let missing = runs.flatMap(\.missing)
    guard runs.contains(where: { !$0.isEmpty }) else {
      let others =
        runs.count > 1 ? ", nor does any other of \(NumberText.count(runs.count, "run"))" : ""
      throw FileError(
        request.runs[0].folder.path,
        "holds nothing to show\(others); name folders that train made. First problem: "
          + (missing.first?.description ?? "none"))
    }
    try AtomicFile.write(page(runs).markup + "\n", to: path)
    let comparison = Comparison(runs, axes: request.axes)
    for (path, chart) in [
      (chartPath, comparison.chart(.majorityAccuracy)), (scoresPath, comparison.scoresChart),
    ] {
      if let path, !chart.isEmpty { try chart.write(to: path) }
    }
    return missing
  }

  private func page(_ runs: [RunContents]) -> HTML {
    let compares = runs.count > 1
    let sections = runs.enumerated().map { index, contents in
      RunSection(
        contents, number: index + 1, showsKeyFigure: !compares,
        showsName: compares || !request.title.contains(contents.run.name)
      ).html
    }
    let comparison =
      compares ? ComparisonSection(Comparison(runs, axes: request.axes)).html : .empty
    return ReportPage(
      title: request.title, introduction: request.introduction,
      names: compares ? runs.map(\.run.name) : [], sections: [comparison] + sections,
      missing: runs.flatMap { $0.problems.map(\.description) }
    ).html
  }
}
