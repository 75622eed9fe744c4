import JointVAEKernels

/// Images that can be made for every combination of factors, encoded when they are needed.
public struct FactorGrid: FactorSampler, Sendable {
  /// The factors' names.
  public let factorNames: [String]
  /// How many values each factor has.
  public let sizes: [Int]
  private let represent: @Sendable (FactorLabels) throws -> Representation

  /// All combinations of the factors' values.
  ///
  /// - Parameters:
  ///   - names: the names of the factors.
  ///   - sizes: how many values each factor has.
  ///   - represent: makes and encodes images of given factors, a few thousand at most at a time; a
  ///     row an image, in order.
  /// - Precondition: there is a size, from 1 to 10,000, for each name.
  public init(
    names: [String], sizes: [Int],
    represent: @escaping @Sendable (FactorLabels) throws -> Representation
  ) {
    precondition(names.count == sizes.count)
    precondition(sizes.allSatisfy { (1...FactorLabels.sizeLimit).contains($0) })
    factorNames = names
    self.sizes = sizes
    self.represent = represent
  }

  /// Factors with more than one value.
  public var varyingFactors: [Int] { sizes.indices.filter { sizes[$0] > 1 } }

  /// Images the closure gets at a time.
  static let imagesAtOnce = 4096

  /// Draws every factor uniformly.
  ///
  /// - Throws: what the closure throws; `MetricError.count` when it returns another number of rows.
  public func draw(
    groups: [Int?], size: Int, random: inout RandomSequence
  ) throws -> FactorDraw {
    var values: [Int] = []
    values.reserveCapacity(groups.count * size * sizes.count)
    for shared in groups {
      let sharedValue = shared.map { random.number(below: sizes[$0]) }
      for _ in 0..<size {
        for (factor, count) in sizes.enumerated() {
          if factor == shared, let sharedValue {
            values.append(sharedValue)
          } else {
            values.append(random.number(below: count))
          }
        }
      }
    }
    let labels = FactorLabels(checked: factorNames, sizes: sizes, values: values)
    var columns: [Representation.Column] = []
    var rows: [Double] = []
    for start in stride(from: 0, to: labels.count, by: Self.imagesAtOnce) {
      let piece = start..<min(start + Self.imagesAtOnce, labels.count)
      let representation = try represent(labels.rows(piece))
      guard representation.count == piece.count else {
        throw MetricError.count(
          of: "rows of the representation", representation.count, expected: piece.count)
      }
      columns = representation.columns
      rows += representation.values
    }
    return try FactorDraw(
      representation: Representation(columns: columns, values: rows), labels: labels)
  }
}
