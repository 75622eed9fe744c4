/// Grows regression trees of depth 3 by least squares, one after the other on the same images.
///
/// Every variable keeps the images of a node together and in order of its values, so that all splits
/// of a node are tried in one pass. A node that cannot be split passes its images on to its left
/// child, so that every leaf is at depth 3.
final class TreeGrower: @unchecked Sendable {
  static let depth = 3
  static let leafCount = 1 << depth

  /// The numbers to fit, one an image.
  let residuals: UnsafeMutableBufferPointer<Double>
  /// The leaf of every image.
  let leaves: UnsafeMutableBufferPointer<UInt8>
  /// For each variable the sum over all trees of what its splits took from the squared error.
  private(set) var importances: [Double]
  /// The splits of the tree, level after level, `2^level` a level.
  private var splits: [Split?] = []

  private let features: SortedFeatures
  private let order: UnsafeMutableBufferPointer<Int32>
  private let values: UnsafeMutableBufferPointer<Float>
  /// Room for the images that go right while those that go left move up.
  private let spareOrder: UnsafeMutableBufferPointer<Int32>
  private let spareValues: UnsafeMutableBufferPointer<Float>
  /// For every image 1 when it goes right.
  private let side: UnsafeMutableBufferPointer<UInt8>

  private struct Split {
    var variable: Int
    var threshold: Double
    /// Images that go left.
    var leftCount: Int
    /// `(n_r s_l - n_l s_r)^2 / (n_l n_r)`: n times the fall of the sum of squared errors.
    var gain: Double
  }

  init(_ features: SortedFeatures) {
    self.features = features
    let count = features.imageCount
    func buffer<Value>(_ value: Value, _ count: Int) -> UnsafeMutableBufferPointer<Value> {
      let buffer = UnsafeMutableBufferPointer<Value>.allocate(capacity: count)
      buffer.initialize(repeating: value)
      return buffer
    }
    residuals = buffer(0, count)
    leaves = buffer(0, count)
    importances = Array(repeating: 0, count: features.columnCount)
    order = buffer(0, features.order.count)
    values = buffer(0, features.values.count)
    spareOrder = buffer(0, count)
    spareValues = buffer(0, count)
    side = buffer(0, count)
  }

  deinit {
    residuals.deallocate()
    leaves.deallocate()
    order.deallocate()
    values.deallocate()
    spareOrder.deallocate()
    spareValues.deallocate()
    side.deallocate()
  }

  /// Fits a tree to `residuals`.
  func grow() {
    _ = order.update(fromContentsOf: features.order)
    _ = values.update(fromContentsOf: features.values)
    splits = []
    var nodes = [0..<features.imageCount]
    for _ in 0..<Self.depth {
      var children: [Range<Int>] = []
      for node in nodes {
        let split = bestSplit(of: node)
        splits.append(split)
        if let split {
          importances[split.variable] += split.gain * features.reciprocals[node.count]
          divide(node, by: split)
        }
        let border = node.lowerBound + (split?.leftCount ?? node.count)
        children += [node.lowerBound..<border, border..<node.upperBound]
      }
      nodes = children
    }
    for (leaf, node) in nodes.enumerated() {
      for place in node { leaves[Int(order[place])] = UInt8(leaf) }
    }
  }

  /// The leaf of other images, given by `[variable][image]`.
  func leaves(of columns: [[Float]]) -> [UInt8] {
    (columns.first?.indices ?? 0..<0).map { image in
      var node = 0
      var first = 0
      for level in 0..<Self.depth {
        let isRight = splits[first + node].map {
          Double(columns[$0.variable][image]) > $0.threshold
        }
        node = node * 2 + (isRight == true ? 1 : 0)
        first += 1 << level
      }
      return UInt8(node)
    }
  }

  /// The split after which least squares are least; nil when there is nothing to split.
  private func bestSplit(of node: Range<Int>) -> Split? {
    guard node.count > 1 else { return nil }
    var sum = 0.0
    var squares = 0.0
    for place in node {
      let residual = residuals[Int(order[place])]
      sum += residual
      squares += residual * residual
    }
    let mean = sum / Double(node.count)
    guard squares / Double(node.count) - mean * mean > .ulpOfOne else { return nil }
    var best: Split?
    for variable in 0..<features.columnCount {
      if let split = split(of: node, by: variable, sum: sum, above: best?.gain) { best = split }
    }
    return best
  }

  /// The best border between different values of a variable that gains more than `bar`.
  private func split(
    of node: Range<Int>, by variable: Int, sum: Double, above bar: Double?
  ) -> Split? {
    let start = variable * features.imageCount
    let places = start + node.lowerBound..<start + node.upperBound
    let count = Double(node.count)
    // Variables that divide a node alike tie up to rounding; the first is to win everywhere.
    let margin = 1 + 1e-10
    var limit = bar.map { $0 * margin } ?? -1
    var best = (place: -1, gain: 0.0)
    var leftSum = 0.0
    features.reciprocals.withUnsafeBufferPointer { reciprocals in
      for (left, place) in zip(1..., places.dropLast()) {
        leftSum += residuals[Int(order[place])]
        // Closer neighbors count as equal, as in scikit-learn.
        guard values[place + 1] > values[place] + 1e-7 else { continue }
        let difference = count * leftSum - Double(left) * sum
        let gain = difference * difference * reciprocals[left] * reciprocals[node.count - left]
        if gain > limit {
          best = (place, gain)
          limit = gain * margin
        }
      }
    }
    guard best.place >= 0 else { return nil }
    let (below, above) = (Double(values[best.place]), Double(values[best.place + 1]))
    let middle = below / 2 + above / 2
    return Split(
      variable: variable, threshold: middle < above ? middle : below,
      leftCount: best.place + 1 - places.lowerBound, gain: best.gain)
  }

  /// Moves the images of the left child before those of the right one, for every variable.
  private func divide(_ node: Range<Int>, by split: Split) {
    let count = features.imageCount
    let sorted = split.variable * count + node.lowerBound
    for (rank, place) in (sorted..<sorted + node.count).enumerated() {
      side[Int(order[place])] = rank >= split.leftCount ? 1 : 0
    }
    for variable in 0..<features.columnCount where variable != split.variable {
      let first = variable * count + node.lowerBound
      var target = first
      var spared = 0
      for place in first..<first + node.count {
        let (image, value) = (order[place], values[place])
        // Both writes, and only one counts: cheaper than a branch that cannot be predicted.
        order[target] = image
        values[target] = value
        spareOrder[spared] = image
        spareValues[spared] = value
        let right = Int(side[Int(image)])
        target += 1 - right
        spared += right
      }
      for i in 0..<spared {
        order[target + i] = spareOrder[i]
        values[target + i] = spareValues[i]
      }
    }
  }
}
