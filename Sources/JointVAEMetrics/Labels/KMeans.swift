import JointVAEKernels

/// Centers that points are divided among, each point to the nearest (Lloyd 1982), from starts that lie apart (k-means++, Arthur and
/// Vassilvitskii 2007). Of three starts, the one stays whose points lie nearest to their centers.
struct KMeans: Sendable {
  /// Row by row, `[cluster, width]`.
  private(set) var centers: [Float]
  /// Numbers of a point.
  let width: Int
  /// The sum of the squared distances of the points to their centers.
  private(set) var inertia: Double

  private static let starts = 3
  private static let roundLimit = 100

  /// How many clusters there are.
  var count: Int { centers.count / width }

  /// Clusters of points.
  ///
  /// - Parameters:
  ///   - points: `[point, width]`, at least one.
  ///   - width: numbers of a point.
  ///   - clusters: clusters; at most as many as points count.
  ///   - seed: what the starts are drawn from.
  ///   - threads: threads; they do not change the result.
  init(_ points: [Float], width: Int, clusters: Int, seed: UInt64, threads: Int) {
    let results = (0..<Self.starts).map { start in
      var random = RandomSequence(seed: seed, purpose: .clusterStarts, index: start)
      return KMeans(points, width, clusters, &random, threads)
    }
    self = results.dropFirst().reduce(results[0]) { $1.inertia < $0.inertia ? $1 : $0 }
  }

  private init(
    _ points: [Float], _ width: Int, _ clusters: Int, _ random: inout RandomSequence, _ threads: Int
  ) {
    self.width = width
    (centers, inertia) = ([], .infinity)
    let count = points.count / width
    start(points, min(clusters, count), &random)
    var assignment: [Int] = []
    for _ in 0..<Self.roundLimit {
      let means = self
      let nearest = parallelMap(count, threads: threads) { means.nearest(to: points, at: $0) }
      inertia = nearest.reduce(0) { $0 + Double($1.distance) }
      let next = nearest.map(\.cluster)
      if next == assignment { break }
      assignment = next
      move(points, assignment)
    }
  }

  /// The first center is any point. Each further one is a point that is drawn by its squared distance to the nearest center.
  private mutating func start(
    _ points: [Float], _ clusters: Int, _ random: inout RandomSequence
  ) {
    let count = points.count / width
    var next = random.number(below: count)
    var distances = [Float](repeating: .infinity, count: count)
    while true {
      centers += points[next * width..<(next + 1) * width]
      guard self.count < clusters else { return }
      for point in 0..<count {
        distances[point] = min(
          distances[point], distance(of: points, at: point, to: self.count - 1))
      }
      var rest = random.number(in: 0...1) * distances.reduce(0) { $0 + Double($1) }
      next =
        distances.firstIndex { distance in
          rest -= Double(distance)
          return rest < 0
        } ?? random.number(below: count)
    }
  }

  /// Moves each center to the mean of its points; one without points stays.
  private mutating func move(_ points: [Float], _ assignment: [Int]) {
    var sums = [Double](repeating: 0, count: centers.count)
    var counts = [Double](repeating: 0, count: count)
    for (point, cluster) in assignment.enumerated() {
      counts[cluster] += 1
      for place in 0..<width {
        sums[cluster * width + place] += Double(points[point * width + place])
      }
    }
    for place in centers.indices where counts[place / width] > 0 {
      centers[place] = Float(sums[place] / counts[place / width])
    }
  }

  /// The cluster whose center is nearest to a point, the first of equals, and the squared distance.
  func nearest(to points: [Float], at point: Int) -> (cluster: Int, distance: Float) {
    var best = (cluster: 0, distance: Float.infinity)
    for cluster in 0..<count {
      let distance = distance(of: points, at: point, to: cluster)
      if distance < best.distance { best = (cluster, distance) }
    }
    return best
  }

  private func distance(of points: [Float], at point: Int, to cluster: Int) -> Float {
    points.withUnsafeBufferPointer { points in
      centers.withUnsafeBufferPointer { centers in
        guard let point = points.baseAddress.map({ $0 + point * width }),
          let center = centers.baseAddress.map({ $0 + cluster * width })
        else { return .infinity }
        return squaredDistance(point, center, count: width)
      }
    }
  }
}
