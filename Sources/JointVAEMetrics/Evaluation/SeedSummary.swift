import JointVAEFiles

/// Runs that differ in nothing but their seed, taken together.
///
/// Scores of single runs show little: seeds often differ more than methods do.
public struct SeedSummary: Hashable, Codable, Sendable {
  /// One measure over all runs.
  public struct Measure: Hashable, Codable, Sendable {
    /// The measure, such as `accuracy.majority`.
    public var name: String
    /// What tables and pages say of it.
    public var description: MeasureDescription
    /// The mean.
    public var mean: Double
    /// The standard deviation between runs, with n - 1 in the denominator; absent for a single run.
    public var standardDeviation: Double?
    /// Where 95 % of the means of resampled runs lie (`SeedInterval`); absent for too few runs to tell.
    public var interval: ClosedRange<Double>?
    /// The best run's; absent where neither more nor less is better.
    public var best: Double?
    /// Every run's, in the order of the runs.
    public var values: [Double]
  }

  /// The number of runs.
  public var runs: Int
  /// Runs whose latents carry next to nothing (`Evaluation.isCollapsed`). They count in all means.
  public var collapsed: Int
  /// All measures that every run has.
  public var measures: [Measure]

  /// The summary of at least one run.
  /// - Throws: `MetricError.count` when there is none.
  public init(_ evaluations: [Evaluation]) throws {
    guard !evaluations.isEmpty else { throw MetricError.count(of: "runs", 0, expected: 1) }
    runs = evaluations.count
    collapsed = evaluations.count(where: \.isCollapsed)
    let all = evaluations.map(\.measures)
    measures = all[0].compactMap { description, _ in
      let name = description.name
      let values = all.compactMap { run in run.first { $0.description.name == name }?.value }
      guard values.count == evaluations.count else { return nil }
      let sample = SampleMean(values)
      let best: Double? =
        switch description.preference {
        case .larger: values.max()
        case .smaller: values.min()
        case nil: nil
        }
      return Measure(
        name: name, description: description, mean: sample.mean,
        standardDeviation: sample.standardDeviation, interval: SeedInterval.of(values), best: best,
        values: values)
    }
  }

  /// The measure called `name`, if every run has it.
  public subscript(name: String) -> Measure? { measures.first { $0.name == name } }

  /// The measure that a table has in the column of `column`: a score of models with discrete variables, taken as categories,
  /// stands in that of models without.
  public func measure(under column: MeasureDescription) -> Measure? {
    measures.first { $0.description.isSame(as: column) }
  }

  /// JSON with its keys in alphabetical order, and a line break at the end.
  /// - Throws: `EncodingError` when a number is not finite.
  public func json() throws -> String { try encodedJSON(self) }

  /// A line a measure: mean, standard deviation and best; with enough runs also the interval of the mean.
  public var text: String {
    let hasIntervals = measures.contains { $0.interval != nil }
    let header =
      ["\(runs) run\(runs == 1 ? "" : "s"), \(collapsed) collapsed", "mean", "deviation"]
      + (hasIntervals ? ["95 % of means"] : []) + ["best"]
    let rows =
      [header]
      + measures.map { measure in
        [
          measure.name, NumberText.decimal(measure.mean, 4),
          measure.standardDeviation.map { NumberText.decimal($0, 4) } ?? "-",
        ]
          + (hasIntervals ? [measure.intervalText(decimals: 4)] : []) + [
            measure.best.map { NumberText.decimal($0, 4) } ?? "-"
          ]
      }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let fields = zip(row, widths).enumerated().map { column, field in
        column == 0 ? field.0.aligned(left: field.1) : field.0.aligned(right: field.1)
      }
      return fields.joined(separator: "  ") + "\n"
    }.joined()
  }
}

extension SeedSummary.Measure {
  /// `[0.9101, 0.9452]`; `?` for too few runs to tell.
  public func intervalText(decimals: Int) -> String {
    guard let interval else { return "?" }
    let ends = [interval.lowerBound, interval.upperBound].map { NumberText.decimal($0, decimals) }
    return "[\(ends[0]), \(ends[1])]"
  }
}
