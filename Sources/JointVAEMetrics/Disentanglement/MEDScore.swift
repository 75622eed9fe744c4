/// Mutual information based entropy disentanglement, MED (Cao et al. 2022, arXiv 2206.04756): how little each variable's
/// information spreads over the factors.
public enum MEDScore {
  /// The score, under protocol `med/cao`: its value is the disentanglement, and completeness is a part.
  ///
  /// It is DCI with information in place of the importances of trees: R_ij is the mutual information of variable i and factor
  /// j, as a share of what all variables carry about factor j. With p_ij = R_ij / sum_j R_ij, H_F the entropy to base F, the
  /// number of factors, and D variables:
  ///
  ///     disentanglement: sum_i (sum_j R_ij / sum_ij R_ij) (1 - H_F(p_i))
  ///     completeness:    the mean over j of 1 - H_D(R_j)
  ///
  /// No classifier is trained, so that the number of variables may be large.
  /// - Parameters:
  ///   - representation: a row an image.
  ///   - labels: what the images were made from.
  ///   - bins: ranges that a variable of numbers is cut into.
  /// - Throws: as `MutualInformationMatrix`.
  public static func score(
    _ representation: Representation, _ labels: FactorLabels,
    bins: Int = MutualInformationMatrix.bins
  ) throws -> ScoreResult {
    let matrix = try MutualInformationMatrix(representation, labels, bins: bins)
    let totals = matrix.factors.indices.map { factor in
      matrix.values.reduce(0) { $0 + $1[factor] }
    }
    let shares = FactorImportances(
      matrix: matrix.values.map { row in zip(row, totals).map { $1 > 0 ? $0 / $1 : 0 } },
      trainingAccuracy: 0, testAccuracy: 0)
    return ScoreResult(
      name: "med", protocol: "med/cao", value: shares.disentanglement,
      parts: [
        "disentanglement": shares.disentanglement, "completeness": shares.completeness,
      ],
      counts: ["images": labels.count, "bins": bins],
      constantFactors: labels.constantFactorNames)
  }
}
