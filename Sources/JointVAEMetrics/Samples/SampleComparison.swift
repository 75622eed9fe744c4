import JointVAEKernels

/// How two sets of points lie to each other, by balls that reach to each point's nearest neighbors: those of real images, and
/// those of samples of a model.
public struct SampleComparison: Hashable, Sendable {
  /// The share of samples that lie in the ball of a real image: whether samples look real (Kynkäänniemi et al. 2019, section 2).
  public let precision: Double
  /// The share of real images that lie in the ball of a sample: whether samples show all there is (the same).
  public let recall: Double
  /// The mean number of balls of real images that a sample lies in, divided by the number of neighbors: precision that one
  /// outlying image does not raise (Naeem et al. 2020, section 3). It may exceed 1.
  public let density: Double
  /// The share of real images whose ball holds a sample (the same).
  public let coverage: Double

  /// Neighbors that balls reach to for precision and recall (Kynkäänniemi et al. 2019).
  public static let precisionNeighbors = 3
  /// Neighbors that balls reach to for density and coverage (Naeem et al. 2020).
  public static let densityNeighbors = 5

  /// Compares points.
  ///
  /// A ball of k neighbors reaches to the k-th nearest other point of its set, and holds what is as near or nearer.
  ///
  /// - Parameters:
  ///   - real: of real images, `[image, feature]`.
  ///   - samples: of samples, `[sample, feature]`.
  ///   - width: features of each.
  ///   - threads: threads; they do not change the result.
  /// - Throws: `MetricError` for fewer than six points of either, for numbers that are no whole rows or not finite.
  public init(real: [Float], samples: [Float], width: Int, threads: Int = 1) throws {
    let sets = try [("real images", real), ("samples", samples)].map { name, values in
      try checkPoints(
        values, named: name, width: width, atLeast: Self.densityNeighbors + 1)
      return PointSet(values, width: width)
    }
    let (images, drawn) = (sets[0], sets[1])
    let radii = images.radii(
      [Self.precisionNeighbors, Self.densityNeighbors], threads: threads)
    let sampleRadii = drawn.radii([Self.precisionNeighbors], threads: threads)
    // For each real image: is it in a sample's ball, does its ball hold a sample, and how many does it hold?
    let rows = parallelMap(images.count, threads: threads) { image -> Row in
      var row = Row()
      for sample in 0..<drawn.count {
        let distance = images.distance(image, to: drawn, sample)
        if distance <= sampleRadii[sample][0] { row.isRecalled = true }
        if distance <= radii[image][1] { row.held += 1 }
        if distance <= radii[image][0] { row.precise.append(sample) }
      }
      return row
    }
    var isPrecise = [Bool](repeating: false, count: drawn.count)
    for sample in rows.flatMap(\.precise) { isPrecise[sample] = true }
    precision = Double(isPrecise.count { $0 }) / Double(drawn.count)
    recall = Double(rows.count(where: \.isRecalled)) / Double(images.count)
    coverage = Double(rows.count { $0.held > 0 }) / Double(images.count)
    density =
      Double(rows.reduce(0) { $0 + $1.held })
      / Double(Self.densityNeighbors * drawn.count)
  }

  private struct Row {
    var isRecalled = false
    var held = 0
    var precise: [Int] = []
  }
}

/// Points in rows of numbers.
private struct PointSet: Sendable {
  private let values: [Float]
  private let width: Int
  let count: Int

  init(_ values: [Float], width: Int) {
    self.values = values
    self.width = width
    count = values.count / width
  }

  /// The squared distance of a point to one of another set.
  func distance(_ point: Int, to other: PointSet, _ place: Int) -> Float {
    values.withUnsafeBufferPointer { own in
      other.values.withUnsafeBufferPointer { others in
        guard let first = own.baseAddress, let second = others.baseAddress else { return 0 }
        return squaredDistance(first + point * width, second + place * width, count: width)
      }
    }
  }

  /// For each point the squared distances to its nearest others of these ranks, `[point][rank]`.
  func radii(_ ranks: [Int], threads: Int) -> [[Float]] {
    let last = ranks.max() ?? 1
    return parallelMap(count, threads: threads) { point in
      // The nearest so far, in order; there are few.
      var nearest: [Float] = []
      for other in 0..<count where other != point {
        let distance = distance(point, to: self, other)
        if nearest.count == last, distance >= nearest[last - 1] { continue }
        nearest.insert(distance, at: nearest.firstIndex { $0 > distance } ?? nearest.count)
        if nearest.count > last { nearest.removeLast() }
      }
      return ranks.map { nearest[$0 - 1] }
    }
  }
}
