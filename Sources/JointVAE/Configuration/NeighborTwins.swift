/// Twins that are not copies of an image but images like it: what the encoder puts close together is taken for one kind.
///
/// Once categories have formed, the nearest images of each are found in the last hidden layer, by cosine. From then on a
/// share of the twins are transformed copies of one of these. Van Gansbeke et al. (2020), SCAN, do so with a classifier on
/// an encoder that learned before.
public struct NeighborTwins: Hashable, Codable, Sendable {
  /// The nearest images of each, of which its twins are drawn.
  public var count: Int
  /// The steps after which neighbors are found, in ascending order. Each finding replaces the one before.
  public var steps: [Int]
  /// The share of twins that are neighbors; the others are copies of their own image.
  public var share: Double

  /// Neighbors found after `steps`.
  public init(count: Int = 10, steps: [Int], share: Double = 0.5) {
    self.count = count
    self.steps = steps
    self.share = share
  }

  /// Images of a set whose neighbors are searched: all pairs are compared, so the time grows with the square.
  public static let imageLimit = 200_000
  private static let countLimit = 100

  /// - Throws: `ConfigurationError` naming the setting that cannot be.
  func validate() throws {
    guard (1...Self.countLimit).contains(count) else {
      throw ConfigurationError(
        "neighbors", "\(count)", expected: "from 1 to \(Self.countLimit) of each image")
    }
    guard !steps.isEmpty, steps.allSatisfy({ $0 >= 0 }),
      zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw ConfigurationError(
        "steps of neighbors", steps.map(String.init).joined(separator: ","),
        expected: "one step or several in ascending order, none below 0")
    }
    guard share >= 0, share <= 1 else {
      throw ConfigurationError("neighbor share", "\(share)", expected: "from 0 to 1")
    }
  }

  /// Whether each of so many images has as many neighbors, and all can be searched.
  package func canBeFound(among imageCount: Int) -> Bool {
    (count + 1...Self.imageLimit).contains(imageCount)
  }

  /// - Throws: `ConfigurationError` for a set that is too small to have so many neighbors, or too large to search.
  func validate(imageCount: Int) throws {
    guard canBeFound(among: imageCount) else {
      throw ConfigurationError(
        "images to train on", "\(imageCount)",
        expected: "from \(count + 1) to \(Self.imageLimit) for \(count) neighbors of each")
    }
  }
}
