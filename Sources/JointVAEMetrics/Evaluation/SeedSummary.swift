import JointVAEFiles

/// Runs that differ in nothing but their seed, taken together.
///
/// Scores of single runs show little: seeds often differ more than methods do.
public struct SeedSummary: Hashable, Codable, Sendable {
  /// One measure over all runs.
  public struct Measure: Hashable, Codable, Sendable {
    /// The measure, such as `accuracy.majority`.
    public var name: String
    /// The mean.
    public var mean: Double
    /// The standard deviation between runs, with n - 1 in the denominator; absent for a single run.
    public var standardDeviation: Double?
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
    let all = evaluations.map(Self.values)
    measures = all[0].compactMap { name, _, preference in
      let values = all.compactMap { run in run.first { $0.name == name }?.value }
      guard values.count == evaluations.count else { return nil }
      let sample = SampleMean(values)
      let best: Double? =
        switch preference {
        case .larger: values.max()
        case .smaller: values.min()
        case nil: nil
        }
      return Measure(
        name: name, mean: sample.mean, standardDeviation: sample.standardDeviation, best: best,
        values: values)
    }
  }

  /// The measure called `name`, if every run has it.
  public subscript(name: String) -> Measure? { measures.first { $0.name == name } }

  /// JSON with its keys in alphabetical order, and a line break at the end.
  /// - Throws: `EncodingError` when a number is not finite.
  public func json() throws -> String { try encodedJSON(self) }

  /// A line a measure: mean, standard deviation and best.
  public var text: String {
    let header = [
      "\(runs) run\(runs == 1 ? "" : "s"), \(collapsed) collapsed", "mean", "deviation", "best",
    ]
    let rows =
      [header]
      + measures.map { measure in
        [
          measure.name, NumberText.decimal(measure.mean, 4),
          measure.standardDeviation.map { NumberText.decimal($0, 4) } ?? "-",
          measure.best.map { NumberText.decimal($0, 4) } ?? "-",
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

  private static func values(
    of evaluation: Evaluation
  ) -> [(name: String, value: Double, preference: ScorePreference?)] {
    var values: [(String, Double, ScorePreference?)] = []
    if let accuracy = evaluation.accuracy {
      values += [
        ("accuracy.majority", accuracy.majority, .larger),
        ("accuracy.oneToOne", accuracy.oneToOne, .larger),
        (
          "accuracy.normalizedMutualInformation", accuracy.normalizedMutualInformation, .larger
        ),
        ("accuracy.adjustedRandIndex", accuracy.adjustedRandIndex, .larger),
      ]
    }
    if let merged = evaluation.merged?.accuracy {
      values += [
        ("merged.majority", merged.majority, .larger),
        ("merged.oneToOne", merged.oneToOne, .larger),
        ("merged.normalizedMutualInformation", merged.normalizedMutualInformation, .larger),
        ("merged.adjustedRandIndex", merged.adjustedRandIndex, .larger),
      ]
    }
    values += [
      ("reconstruction", evaluation.reconstruction, .smaller),
      ("kl.continuous", evaluation.kl.continuous, nil),
      ("kl.discrete", evaluation.kl.discrete, nil),
      ("activeUnits", Double(evaluation.activeUnits), nil),
    ]
    if let likelihood = evaluation.likelihood {
      values.append(("likelihood.elbo", likelihood.elbo, .larger))
      if likelihood.samples > 1 { values.append(("likelihood.bound", likelihood.bound, .larger)) }
    }
    for score in evaluation.disentanglement {
      let code = score.discreteCode.map { " (\($0.rawValue))" } ?? ""
      values.append((score.protocol + code, score.value, .larger))
    }
    return values + (evaluation.scores ?? []).map { ($0.name, $0.value, $0.preference) }
  }
}
