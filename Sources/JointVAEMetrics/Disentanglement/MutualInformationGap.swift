/// The mutual information gap (Chen et al. 2018, section 4): whether one latent, and no second one,
/// knows of each factor.
public enum MutualInformationGap {
  /// `1/F sum_f (I(z_1st; f) - I(z_2nd; f)) / H(f)`, under protocol `mig/locatello`: mutual
  /// information from a histogram of evaluation-mode latents.
  ///
  /// A factor whose values look alike, such as an orientation of a shape with symmetries or one
  /// whose first and last value coincide, keeps the score below 1 for any representation of images.
  /// - Throws: as `MutualInformationMatrix`.
  public static func score(
    _ representation: Representation, _ labels: FactorLabels,
    bins: Int = MutualInformationMatrix.bins
  ) throws -> ScoreResult {
    let matrix = try MutualInformationMatrix(representation, labels, bins: bins)
    let gaps = matrix.factors.indices.map { factor in
      topGap(matrix.values.map { $0[factor] }) / matrix.entropies[factor]
    }
    return ScoreResult(
      name: "mig", protocol: "mig/locatello", value: gaps.reduce(0, +) / Double(gaps.count),
      parts: Dictionary(
        zip(matrix.factors.map { "gap.\(labels.names[$0])" }, gaps)
      ) { first, _ in first },
      counts: ["images": labels.count, "bins": bins],
      constantFactors: labels.constantFactorNames)
  }
}
