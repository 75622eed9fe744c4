import JointVAE
import JointVAEFiles
import JointVAEKernels

/// The accuracy when a person names each category after looking at a few of its images.
///
/// The best names take the labels of all images. Here each category gets the class that most of a few random images of it
/// have; of equals the one that was seen first. The draws are without replacement, and repeated.
public struct FewLabels: Hashable, Codable, Sendable {
  /// Images of each category whose labels are looked at; all of a smaller category.
  public var labels: Int
  /// The mean accuracy over the draws.
  public var mean: Double
  /// The standard deviation between draws.
  public var deviation: Double
  /// Draws.
  public var draws: Int

  /// The numbers of labels that an evaluation tries.
  static let usual = [1, 5, 10]
  private static let drawCount = 200

  /// The accuracy with `labels` labels a category.
  ///
  /// - Parameters:
  ///   - labels: at least 1.
  ///   - matrix: images by class and category.
  ///   - seed: what the images are drawn from.
  public init(_ labels: Int, of matrix: ConfusionMatrix, seed: UInt64) {
    let columns = (0..<matrix.categoryCount).map { category in
      matrix.counts.map { $0[category] }
    }
    let total = Double(max(matrix.imageCount, 1))
    let accuracies = (0..<Self.drawCount).map { draw in
      var random = RandomSequence(seed: seed, purpose: .fewLabels, index: draw)
      let right = columns.reduce(0) { sum, column in
        Self.name(column, labels, &random).map { sum + column[$0] } ?? sum
      }
      return Double(right) / total
    }
    let sample = SampleMean(accuracies)
    self.labels = labels
    mean = sample.mean
    deviation = sample.standardDeviation ?? 0
    draws = Self.drawCount
  }

  /// The class that most of `count` images of a column have; nil for an empty column.
  private static func name(
    _ column: [Int], _ count: Int, _ random: inout RandomSequence
  ) -> Int? {
    var left = column
    var total = column.reduce(0, +)
    var seen: [(label: Int, count: Int)] = []
    for _ in 0..<min(count, total) {
      var place = random.number(below: total)
      let label = left.firstIndex { images in
        if place < images { return true }
        place -= images
        return false
      }
      guard let label else { break }
      left[label] -= 1
      total -= 1
      if let known = seen.firstIndex(where: { $0.label == label }) {
        seen[known].count += 1
      } else {
        seen.append((label, 1))
      }
    }
    let most = seen.map(\.count).max()
    return seen.first { $0.count == most }?.label
  }
}
