/// The squared Fréchet distance of two sets of points, each taken for a normal distribution:
/// `|m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2))` (Dowson and Landau 1982; of features of images: Heusel et al. 2017, equation 6).
///
/// It is never called FID here, which is the name of the same formula with the features of Inception.
public struct FrechetDistance: Hashable, Sendable {
  /// The squared distance, in squared units of the features; 0 for equal means and covariances.
  public let squared: Double
  /// Its part by the means alone, `|m1 - m2|^2`.
  public let squaredOfMeans: Double

  /// Compares points.
  ///
  /// - Parameters:
  ///   - real: of real images, `[image, feature]`.
  ///   - samples: of samples, `[sample, feature]`.
  ///   - width: features of each.
  /// - Throws: `MetricError` for fewer than two points of either, for numbers that are no whole rows or not finite.
  public init(real: [Float], samples: [Float], width: Int) throws {
    for (name, values) in [("real images", real), ("samples", samples)] {
      try checkPoints(values, named: name, width: width, atLeast: 2)
    }
    let (realMeans, realMatrix) = SymmetricMatrix.covariance(of: real, width: width)
    let (means, matrix) = SymmetricMatrix.covariance(of: samples, width: width)
    squaredOfMeans = zip(realMeans, means).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    // S1 S2 and S1^(1/2) S2 S1^(1/2), which is symmetric, have the same eigenvalues.
    let common = realMatrix.squareRoot().sandwich(matrix).eigensystem().eigenvalues
      .reduce(0) { $0 + max($1, 0).squareRoot() }
    squared = max(0, squaredOfMeans + realMatrix.trace + matrix.trace - 2 * common)
  }
}

/// - Throws: `MetricError` for numbers that are no whole rows or not finite, and for fewer rows than wanted.
func checkPoints(_ values: [Float], named name: String, width: Int, atLeast least: Int) throws {
  guard width > 0, values.count % width == 0 else {
    throw MetricError.count(
      of: "features of \(name)", values.count,
      expected: (values.count / max(width, 1) + 1) * max(width, 1))
  }
  if let place = values.firstIndex(where: { !$0.isFinite }) {
    throw MetricError.value(
      of: "a feature of \(name), number", index: place / width, "\(values[place])",
      expected: "a finite number")
  }
  guard values.count / width >= least else {
    throw MetricError.count(of: name, values.count / width, expected: least)
  }
}
