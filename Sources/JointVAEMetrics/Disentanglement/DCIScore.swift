import CLibrary
import JointVAEKernels

/// How much boosted trees rely on each variable to predict each factor, and how well they do.
public struct FactorImportances: Hashable, Sendable {
  /// `[variable][factor]`, the factors those that vary; each factor's importances add up to 1, or
  /// are all 0.
  public var matrix: [[Double]]
  /// The mean accuracy over the factors on the training images.
  public var trainingAccuracy: Double
  /// The mean accuracy over the factors on the test images.
  public var testAccuracy: Double

  /// Variables put together, such as the one-hot columns of one discrete variable.
  ///
  /// - Parameter groups: for each new variable the old ones whose importances it adds up.
  public func grouped(_ groups: [[Int]]) -> FactorImportances {
    var result = self
    result.matrix = groups.map { group in
      (matrix.first?.indices ?? 0..<0).map { factor in
        group.reduce(0) { $0 + matrix[$1][factor] }
      }
    }
    return result
  }

  /// The mean over the variables, weighted by their share of all importance, of
  /// `1 - H_F(p)`: the entropy to base F of how a variable's importance spreads over the factors.
  public var disentanglement: Double { Self.concentration(matrix) }

  /// The mean over the factors, weighted likewise, of `1 - H_D(p)`: how a factor's importance
  /// spreads over the D variables.
  public var completeness: Double {
    Self.concentration(
      (matrix.first?.indices ?? 0..<0).map { factor in matrix.map { $0[factor] } })
  }

  private static func concentration(_ rows: [[Double]]) -> Double {
    let total = rows.joined().reduce(0, +)
    guard total > 0 else { return 0 }
    return rows.reduce(0) { sum, row in
      // The offset keeps rows of zeros defined.
      let shifted = row.map { $0 + 1e-11 }
      let whole = shifted.reduce(0, +)
      let entropy = shifted.reduce(0) { $0 - $1 / whole * log($1 / whole) }
      let spread = row.count > 1 ? entropy / log(Double(row.count)) : 0
      return sum + (1 - spread) * row.reduce(0, +) / total
    }
  }
}

/// Disentanglement, completeness and informativeness (Eastwood and Williams 2018, section 3).
public enum DCIScore {
  /// What boosted trees make of a representation whose variables of categories are one-hot.
  ///
  /// - Parameters:
  ///   - training: what the trees learn from.
  ///   - test: what they are measured on.
  ///   - threads: does not change the result.
  /// - Throws: `MetricError` when there is no image, lengths differ, no factor varies in
  ///   `training`, or columns differ.
  public static func importances(
    training: FactorDraw, test: FactorDraw, threads: Int = 1
  ) throws -> FactorImportances {
    let factors = try checkedFactors(training, test)
    let inputs = training.representation.oneHot
    let testInputs = test.representation.oneHot
    let workers = Workers(count: max(1, threads))
    let models = factors.map { factor in
      BoostedTrees(
        training: inputs, labels: training.labels.column(factor), test: testInputs,
        testLabels: test.labels.column(factor), classCount: training.labels.sizes[factor],
        workers: workers)
    }
    let count = Double(factors.count)
    return FactorImportances(
      matrix: inputs.columns.indices.map { j in models.map { $0.importances[j] } },
      trainingAccuracy: models.reduce(0) { $0 + $1.trainingAccuracy } / count,
      testAccuracy: models.reduce(0) { $0 + $1.testAccuracy } / count)
  }

  /// The score, under protocol `dci/locatello`: its value is the disentanglement; completeness and
  /// informativeness (accuracy on the test images) are parts.
  ///
  /// A variable of categories enters the trees one-hot, and its columns' importances are added up.
  /// - Throws: as `importances`.
  public static func score(
    training: FactorDraw, test: FactorDraw, threads: Int = 1
  ) throws -> ScoreResult {
    let importances = try importances(training: training, test: test, threads: threads)
    return score(
      importances.grouped(training.representation.oneHotOrigins), training: training, test: test)
  }

  static func score(
    _ importances: FactorImportances, training: FactorDraw, test: FactorDraw
  ) -> ScoreResult {
    ScoreResult(
      name: "dci", protocol: "dci/locatello", value: importances.disentanglement,
      parts: [
        "disentanglement": importances.disentanglement, "completeness": importances.completeness,
        "informativeness": importances.testAccuracy,
        "trainAccuracy": importances.trainingAccuracy,
      ],
      counts: [
        "trainingImages": training.labels.count, "testImages": test.labels.count,
        "rounds": BoostedTrees.rounds, "depth": TreeGrower.depth,
      ], settings: ["classifier": "gradient boosted trees, learning rate 0.1"],
      constantFactors: training.labels.constantFactorNames)
  }
}
