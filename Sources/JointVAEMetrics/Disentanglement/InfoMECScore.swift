import CLibrary
import JointVAE

/// Modularity, explicitness and compactness in terms of information (Hsu et al. 2023, section 4): InfoM, InfoE and InfoC.
public enum InfoMECScore {
  /// The share of the largest range of a variable below which another one counts as inactive.
  public static let rangeThreshold = 1.0 / 8
  /// Images at most that the classifiers of InfoE learn from, and as many to test them.
  public static let imageLimit = 2_000

  /// The score, under protocol `infomec/histogram`: its value is InfoM; InfoE and InfoC are parts.
  ///
  /// With the mutual information of variable j and factor i as a share of the factor's entropy, N_ij, of the active variables:
  ///
  ///     InfoM: the mean over j of (max_i N_ij / sum_i N_ij - 1/F) / (1 - 1/F)
  ///     InfoC: the mean over i of (max_j N_ij / sum_j N_ij - 1/D) / (1 - 1/D)
  ///     InfoE: the mean over i of 1 - H(factor | z) / H(factor)
  ///
  /// F counts factors and D active variables. H are cross entropies on test images, of logistic regression on z (standardized,
  /// categories one-hot) and of the factor's frequencies. Mutual information is that of a histogram, as for all scores here; the
  /// paper estimates it from neighbors for variables of numbers.
  /// - Throws: as `DCIScore`, and as `MutualInformationMatrix`.
  public static func score(
    training: FactorDraw, test: FactorDraw, bins: Int = MutualInformationMatrix.bins
  ) throws -> ScoreResult {
    let factors = try checkedFactors(training, test)
    let matrix = try MutualInformationMatrix(training.representation, training.labels, bins: bins)
    let active = activeColumns(training.representation)
    let shares = active.map { column in
      zip(matrix.values[column], matrix.entropies).map { $0 / $1 }
    }
    let transposed = matrix.factors.indices.map { factor in shares.map { $0[factor] } }
    let modularity = mean(shares.map(concentration))
    let readable = mean(factors.map { explicitness(of: $0, training, test) })
    return ScoreResult(
      name: "infomec", protocol: "infomec/histogram", value: modularity,
      parts: [
        "infoM": modularity, "infoE": readable, "infoC": mean(transposed.map(concentration)),
      ],
      counts: [
        "images": training.labels.count, "bins": bins, "activeLatents": active.count,
        "trainingImages": min(training.labels.count, imageLimit),
        "testImages": min(test.labels.count, imageLimit),
      ],
      settings: ["classifier": "logistic regression, C=1", "pruning": "range>1/8 of the largest"],
      constantFactors: training.labels.constantFactorNames)
  }

  /// Variables of numbers that vary enough, and variables of categories that vary at all.
  static func activeColumns(_ representation: Representation) -> [Int] {
    let ranges = representation.columns.indices.map { column in
      let values = representation.column(column)
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    let numbers = representation.columns.indices.filter {
      representation.columns[$0].categories == nil
    }
    let largest = numbers.map { ranges[$0] }.max() ?? 0
    return representation.columns.indices.filter { column in
      ranges[column] > 0
        && (representation.columns[column].categories != nil
          || ranges[column] >= rangeThreshold * largest)
    }
  }

  /// How far the largest share is above an even spread, from 0 to 1; 0 where there is nothing to share.
  private static func concentration(_ shares: [Double]) -> Double {
    let sum = shares.reduce(0, +)
    guard sum > 0 else { return 0 }
    guard shares.count > 1 else { return 1 }
    let even = 1 / Double(shares.count)
    return ((shares.max() ?? 0) / sum - even) / (1 - even)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  private static func explicitness(
    of factor: Int, _ training: FactorDraw, _ test: FactorDraw
  ) -> Double {
    let labels = Array(training.labels.column(factor).prefix(imageLimit))
    let testLabels = Array(test.labels.column(factor).prefix(imageLimit))
    let classCount = training.labels.sizes[factor]
    let (features, testFeatures) = Representation.scaled(
      training.representation, test.representation, limit: imageLimit)
    let classifier = LogisticRegression(
      features: features, labels: labels, classCount: classCount)
    var counts = [Double](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    let guess = testLabels.reduce(0) {
      $0 - log(max(counts[$1] / Double(labels.count), LogisticRegression.leastProbability))
    }
    guard guess > 0 else { return 0 }
    let known = classifier.crossEntropy(features: testFeatures, labels: testLabels)
    return max(0, 1 - known / guess)
  }
}
