/// Modularity (Ridgeway and Mozer 2018, section 3): whether each latent knows of one factor only.
public enum ModularityScore {
  /// The mean over the latents of `1 - sum_{f != best} I(z; f)^2 / (I(z; best)^2 (F - 1))`, under
  /// protocol `modularity/locatello`: mutual information from a histogram; latents that know of no
  /// factor count 0.
  ///
  /// With a single factor every latent that knows of it counts 1. Chance values of mutual
  /// information are compared with each other, so noise does not score 0.
  /// - Throws: as `MutualInformationMatrix`.
  public static func score(
    _ representation: Representation, _ labels: FactorLabels,
    bins: Int = MutualInformationMatrix.bins
  ) throws -> ScoreResult {
    let matrix = try MutualInformationMatrix(representation, labels, bins: bins)
    let latents = matrix.values.map { row in
      let squares = row.map { $0 * $0 }
      let largest = squares.max() ?? 0
      guard largest > 0 else { return 0.0 }
      let others = squares.reduce(0, +) - largest
      return row.count > 1 ? 1 - others / (largest * Double(row.count - 1)) : 1
    }
    return ScoreResult(
      name: "modularity", protocol: "modularity/locatello",
      value: latents.reduce(0, +) / Double(latents.count),
      counts: ["images": labels.count, "bins": bins],
      constantFactors: labels.constantFactorNames)
  }
}
