import JointVAE

/// Unsupervised disentanglement ranking (Duan et al. 2020, section 4): models that other seeds find again are taken for the
/// disentangled ones. It needs no factors and no labels.
public enum UDRScore {
  /// What a model makes of images that all models are given.
  public struct Model: Sendable {
    /// A variable a column, an image a row.
    public var representation: Representation
    /// The KL of every column, in nats.
    public var divergences: [Double]

    /// A model's representation with the KL of every column.
    public init(representation: Representation, divergences: [Double]) {
      self.representation = representation
      self.divergences = divergences
    }

    /// The codes that a model gives images: the means of z, and the most probable category of each c, one-hot. Each column of a
    /// discrete variable has the KL of the variable.
    public init(_ encoding: Encoding) {
      let categories = Representation(encoding, discrete: .category)
      let means = encoding.meanDivergences
      representation = categories.oneHot
      divergences = zip(means.continuous + means.discrete, categories.oneHotOrigins)
        .flatMap { Array(repeating: $0, count: $1.count) }
    }
  }

  /// The KL above which a column counts, in nats (Duan et al. 2020).
  public static let informativeness = 0.01

  /// UDR_S of every model, in their order: the median over the other models of how well both agree.
  ///
  /// Two models agree as far as each informative column of one has exactly one of the other that it is correlated with, by
  /// Spearman's rank correlation R:
  ///
  ///     1 / (d_a + d_b) (sum over b of r_b^2 / sum_a R_ab + sum over a of r_a^2 / sum_b R_ab)
  ///
  /// where r is the largest R of a column. Categories are taken one-hot by the caller.
  /// - Throws: `MetricError` for fewer than two models, and for models with other numbers of images or of divergences.
  public static func scores(_ models: [Model]) throws -> [Double] {
    guard models.count > 1 else {
      throw MetricError.count(of: "models to compare", models.count, expected: 2)
    }
    for model in models {
      guard model.representation.count == models[0].representation.count else {
        throw MetricError.count(
          of: "rows of the representation", model.representation.count,
          expected: models[0].representation.count)
      }
      guard model.divergences.count == model.representation.columns.count else {
        throw MetricError.count(
          of: "divergences of columns", model.divergences.count,
          expected: model.representation.columns.count)
      }
    }
    let ranks = models.map { model in
      model.representation.columns.indices.filter { model.divergences[$0] > informativeness }
        .map { RankCorrelation.centeredRanks(model.representation.column($0)) }
    }
    return models.indices.map { one in
      median(models.indices.filter { $0 != one }.map { agreement(ranks[one], ranks[$0]) })
    }
  }

  private static func agreement(_ first: [[Double]], _ second: [[Double]]) -> Double {
    guard !first.isEmpty, !second.isEmpty else { return 0 }
    let matrix = first.map { one in second.map { abs(RankCorrelation.correlation(one, $0) ?? 0) } }
    let columns = second.indices.map { b in matrix.map { $0[b] } }
    func sum(_ rows: [[Double]]) -> Double {
      rows.reduce(0) { sum, row in
        let (largest, whole) = (row.max() ?? 0, row.reduce(0, +))
        return sum + (whole > 0 ? largest * largest / whole : 0)
      }
    }
    return (sum(matrix) + sum(columns)) / Double(first.count + second.count)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
