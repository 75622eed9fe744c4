/// The variables of a training set in order of their values, which all trees share.
final class SortedFeatures: Sendable {
  let imageCount: Int
  let columnCount: Int
  /// For each variable the images in order of its values, `[variable, place]`.
  let order: [Int32]
  /// The values in that order.
  let values: [Float]
  /// For each variable the value of every image, `[variable, image]`.
  let columns: [Float]

  init(_ representation: Representation) {
    imageCount = representation.count
    columnCount = representation.columns.count
    var order: [Int32] = []
    var values: [Float] = []
    var columns: [Float] = []
    for j in 0..<columnCount {
      let column = representation.column(j).map { Float($0) }
      // Equal values in the order of the images, for the same sums everywhere.
      let sorted = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
      order += sorted.map { Int32($0) }
      values += sorted.map { column[$0] }
      columns += column
    }
    self.order = order
    self.values = values
    self.columns = columns
  }
}

/// Grows regression trees of depth 3 by least squares, one after the other on the same images.
///
/// A node that cannot be split passes its images on to its left child, so that every leaf is at
/// depth 3.
final class TreeGrower: @unchecked Sendable {
  static let depth = 3
  static let leafCount = 1 << depth

  /// The numbers to fit, one an image.
  var residuals: [Double]
  /// The leaf of every image.
  private(set) var leaves: [UInt8]
  /// For each variable the sum over all trees of what its splits took from the squared error.
  private(set) var importances: [Double]
  /// The splits of the tree, level after level, `2^level` a level.
  private var splits: [Split?]

  fileprivate struct Split {
    var variable: Int
    var threshold: Double
    /// `(n_r s_l - n_l s_r)^2 / (n_l n_r)`: n times the fall of the sum of squared errors.
    var gain: Double
  }

  /// A node while the images of a variable pass it in order.
  fileprivate struct Scan {
    var count = 0
    var sum = 0.0
    var leftCount = 0
    var leftSum = 0.0
    var last: Float = 0
    var canSplit = false
    var best: Split?
  }

  init(_ features: SortedFeatures) {
    residuals = Array(repeating: 0, count: features.imageCount)
    leaves = Array(repeating: 0, count: features.imageCount)
    importances = Array(repeating: 0, count: features.columnCount)
    splits = []
  }

  /// Fits a tree to `residuals`.
  func grow(_ features: SortedFeatures) {
    splits = []
    for image in leaves.indices { leaves[image] = 0 }
    for level in 0..<Self.depth {
      let found = bestSplits(features, nodes: 1 << level)
      for split in found.compactMap(\.self) {
        importances[split.split.variable] += split.split.gain / split.count
      }
      splits += found.map { $0?.split }
      for image in leaves.indices {
        let node = Int(leaves[image])
        let goesRight = found[node].map { node in
          Double(features.columns[node.split.variable * features.imageCount + image])
            > node.split.threshold
        }
        leaves[image] = leaves[image] * 2 + (goesRight == true ? 1 : 0)
      }
    }
  }

  /// The leaf of other images, given by `[variable][image]`.
  func leaves(of columns: [[Float]]) -> [UInt8] {
    (columns.first?.indices ?? 0..<0).map { image in
      var node = 0
      var first = 0
      for level in 0..<Self.depth {
        let goesRight = splits[first + node].map {
          Double(columns[$0.variable][image]) > $0.threshold
        }
        node = node * 2 + (goesRight == true ? 1 : 0)
        first += 1 << level
      }
      return UInt8(node)
    }
  }

  /// For each node of a level its best split and the number of its images.
  private func bestSplits(
    _ features: SortedFeatures, nodes: Int
  ) -> [(split: Split, count: Double)?] {
    var scans = [Scan](repeating: Scan(), count: nodes)
    var squares = [Double](repeating: 0, count: nodes)
    for image in leaves.indices {
      let node = Int(leaves[image])
      scans[node].count += 1
      scans[node].sum += residuals[image]
      squares[node] += residuals[image] * residuals[image]
    }
    for node in scans.indices {
      let n = Double(scans[node].count)
      let mean = scans[node].sum / n
      // A node whose residuals are all the same has nothing to split.
      scans[node].canSplit = scans[node].count > 1 && squares[node] / n - mean * mean > .ulpOfOne
    }
    scans.withUnsafeMutableBufferPointer { scans in
      for variable in 0..<features.columnCount { scan(variable, features, scans) }
    }
    return scans.map { scan in scan.best.map { ($0, Double(scan.count)) } }
  }

  /// Tries every border between different values of a variable.
  private func scan(
    _ variable: Int, _ features: SortedFeatures, _ scans: UnsafeMutableBufferPointer<Scan>
  ) {
    for node in scans.indices {
      scans[node].leftCount = 0
      scans[node].leftSum = 0
    }
    let start = variable * features.imageCount
    features.order.withUnsafeBufferPointer { order in
      features.values.withUnsafeBufferPointer { values in
        leaves.withUnsafeBufferPointer { leaves in
          residuals.withUnsafeBufferPointer { residuals in
            for place in start..<start + features.imageCount {
              let image = Int(order[place])
              let node = Int(leaves[image])
              guard scans[node].canSplit else { continue }
              let value = values[place]
              // Closer neighbours count as equal, as in scikit-learn.
              if scans[node].leftCount > 0, value > scans[node].last + 1e-7 {
                scans[node].consider(variable, before: value)
              }
              scans[node].leftCount += 1
              scans[node].leftSum += residuals[image]
              scans[node].last = value
            }
          }
        }
      }
    }
  }
}

extension TreeGrower.Scan {
  /// Keeps a split between the last value and this one when it is better than the best so far.
  fileprivate mutating func consider(_ variable: Int, before value: Float) {
    let left = Double(leftCount)
    let right = Double(count - leftCount)
    let difference = right * leftSum - left * (sum - leftSum)
    let gain = difference * difference / (left * right)
    // Variables that divide a node alike tie up to rounding; the first of them is to win everywhere.
    if let best, gain <= best.gain * (1 + 1e-10) { return }
    var threshold = Double(last) / 2 + Double(value) / 2
    if threshold >= Double(value) { threshold = Double(last) }
    best = TreeGrower.Split(variable: variable, threshold: threshold, gain: gain)
  }
}
