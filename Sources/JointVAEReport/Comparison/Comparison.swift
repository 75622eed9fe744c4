import JointVAEFiles
import JointVAEMetrics

/// Several runs side by side: their groups, what was measured of all, and which group is best.
struct Comparison {
  /// Axes but the seed.
  let axes: [String]
  /// Runs that differ in nothing but their seed.
  let groups: [RunGroup]
  /// Every run, in the report's order.
  let runs: [RunContents]
  /// What was measured of any group.
  let measures: [MeasureDescription]
  /// Whether all scores are of the same images.
  let hasSameImages: Bool
  /// Whether all scores count reconstructions in the same way.
  let hasSameLoss: Bool

  /// The comparison of `runs` along `axes`.
  init(_ runs: [RunContents], axes: [String]) {
    self.runs = runs
    self.axes = axes.filter { !RunGroup.isSeed($0) }
    groups = RunGroup.groups(of: runs, axes: axes)
    var known: [MeasureDescription] = []
    for group in groups {
      for measure in group.summary?.measures ?? []
      where !known.contains(where: measure.description.isSame) {
        known.append(measure.description)
      }
    }
    measures = known
    let evaluations = runs.compactMap(\.evaluation)
    hasSameImages = Set(evaluations.map(\.measuredOn)).count <= 1
    hasSameLoss = Set(evaluations.map(\.reconstructionWords)).count <= 1
  }

  /// The places of the groups whose mean of `measure` is the best; empty where there is nothing to compare.
  func best(_ measure: MeasureDescription) -> Set<Int> {
    guard hasSameImages, hasSameLoss || !measure.dependsOnLoss else { return [] }
    let means = groups.enumerated().compactMap { index, group in
      group.summary?.measure(under: measure).map { (index: index, mean: $0.mean) }
    }
    let values = means.map(\.mean)
    let wanted: Double? =
      switch measure.preference {
      case .larger: values.max()
      case .smaller: values.min()
      case nil: nil
      }
    guard let wanted, values.count > 1, !values.allSatisfy({ $0 == wanted }) else { return [] }
    return Set(means.filter { $0.mean == wanted }.map(\.index))
  }

  /// The measures of tables, a panel each, with a dot a run.
  var scoresChart: Chart {
    let shown = measures.filter { $0.isInTables && $0.preference != nil }
    let charts = shown.map(chart)
    return Chart(
      title: "Scores", summary: charts.map { "\($0.title). \($0.summary)" }.joined(separator: " "),
      panels: charts.flatMap(\.panels), note: Self.note)
  }

  /// A measure of all groups, with a dot a run.
  func chart(_ measure: MeasureDescription) -> Chart {
    let rows = groups.enumerated().map { index, group in
      let value = group.summary?.measure(under: measure)
      return Chart.Row(
        name: group.name, note: value.map { Self.text($0, measure) } ?? "not measured",
        color: index, dots: group.dots(measure), mean: value?.mean, spread: value?.spread)
    }
    return Chart(
      title: measure.title,
      summary: "By group: " + rows.map { "\($0.name): \($0.note)" }.joined(separator: "; ") + ".",
      panels: [Chart.Panel(.rows(rows), over: Chart.Axis(measure.title, unit: measure.unit))],
      note: Self.note)
  }

  private static let note = "dot: a run; bar: the mean, ± one deviation"

  /// What is to be seen, in sentences.
  var observations: [String] {
    var sentences: [String] = []
    if let measure = measures.first(where: { $0 == .majorityAccuracy }) ?? measures.first,
      let index = best(measure).min()
    {
      sentences.append(
        "\(measure.title) is best with \(groups[index].name): \(words(measure, groups[index])).")
      if let worst = worst(measure) {
        sentences.append(
          "It is worst with \(groups[worst].name): \(words(measure, groups[worst])).")
      }
    }
    let collapsed = groups.flatMap(\.collapsed).map(\.run.name)
    if !collapsed.isEmpty {
      sentences.append(
        "\(NumberText.count(collapsed.count, "run")) collapsed: \(NumberText.list(collapsed)). "
          + "Their scores count in all means.")
    }
    return sentences
  }

  /// `0.981 ± 0.010 over 3 runs`.
  private func words(_ measure: MeasureDescription, _ group: RunGroup) -> String {
    let value =
      group.summary?.measure(under: measure).map { Self.text($0, measure) } ?? "not measured"
    return "\(value) over \(NumberText.count(group.evaluatedCount, "run"))"
  }

  private func worst(_ measure: MeasureDescription) -> Int? {
    let means = groups.enumerated().compactMap { index, group in
      group.summary?.measure(under: measure).map { (index: index, mean: $0.mean) }
    }
    return measure.preference == .smaller
      ? means.max { $0.mean < $1.mean }?.index : means.min { $0.mean < $1.mean }?.index
  }

  /// `0.981 ± 0.010`.
  static func text(_ measure: SeedSummary.Measure, _ shown: MeasureDescription) -> String {
    NumberText.decimal(measure.mean, shown.decimals)
      + (measure.standardDeviation.map { " ± " + NumberText.decimal($0, shown.decimals) } ?? "")
  }
}

extension SeedSummary.Measure {
  /// From a deviation below the mean to one above it; nil for a single run.
  fileprivate var spread: ClosedRange<Double>? {
    standardDeviation.map { mean - $0...mean + $0 }
  }
}
