import JointVAE

/// The mutual information of each latent variable and each factor, in nats.
///
/// Variables of numbers are cut into ranges of equal width; variables of categories are taken as
/// they are.
public struct MutualInformationMatrix: Hashable, Sendable {
  /// The mutual information of latent and factor: `[latent][factor]`, the factors those that vary.
  public let values: [[Double]]
  /// The entropy of each varying factor.
  public let entropies: [Double]
  /// The varying factors, by number.
  public let factors: [Int]

  /// Ranges a variable of numbers is cut into by default.
  public static let bins = 20

  /// The matrix of a representation and the factors its images were made from.
  ///
  /// - Throws: `MetricError` when there is no image, the two differ in length or no factor varies;
  ///   `ConfigurationError` when `bins` is not from 1 to 1000.
  public init(
    _ representation: Representation, _ labels: FactorLabels,
    bins: Int = MutualInformationMatrix.bins
  ) throws {
    guard (1...1000).contains(bins) else {
      throw ConfigurationError("bins", "\(bins)", expected: "from 1 to 1000")
    }
    factors = try checkedFactors(representation, labels)
    let columns = factors.map(labels.column)
    entropies = zip(factors, columns).map { factor, values in
      var counts = [Int](repeating: 0, count: labels.sizes[factor])
      for value in values { counts[value] += 1 }
      return entropy(counts)
    }
    var matrix: [[Double]] = []
    for (j, column) in representation.columns.enumerated() {
      let numbers = representation.column(j)
      let places =
        column.categories == nil
        ? Histogram(numbers, bins: bins).bins(of: numbers) : numbers.map { Int($0) }
      matrix.append(
        zip(factors, columns).map { factor, values in
          var counts = [[Int]](
            repeating: [Int](repeating: 0, count: column.categories ?? bins),
            count: labels.sizes[factor])
          for (place, value) in zip(places, values) { counts[value][place] += 1 }
          return mutualInformation(counts)
        })
    }
    values = matrix
  }
}

/// The factors that vary, for images that are there and fit together.
/// - Throws: `MetricError`.
func checkedFactors(_ representation: Representation, _ labels: FactorLabels) throws -> [Int] {
  guard labels.count > 0 else { throw MetricError.noImages }
  guard representation.count == labels.count else {
    throw MetricError.count(
      of: "rows of the representation", representation.count, expected: labels.count)
  }
  let factors = labels.varyingFactors
  guard !factors.isEmpty else { throw MetricError.constantFactors(names: labels.names) }
  return factors
}

extension FactorLabels {
  /// Names of factors with a single value among the images.
  var constantFactorNames: [String] {
    names.indices.filter { !varyingFactors.contains($0) }.map { names[$0] }
  }
}

/// The gap between the largest and the second largest value; the largest itself when there is no other.
func topGap(_ values: [Double]) -> Double {
  let sorted = values.sorted(by: >)
  return (sorted.first ?? 0) - (sorted.count > 1 ? sorted[1] : 0)
}
