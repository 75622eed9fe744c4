import JointVAE

/// How much of a data set is held back to measure a model while it learns.
public enum ValidationShare: Hashable, Codable, Sendable, CustomStringConvertible {
  /// A share of the images: at least 0, less than 1.
  case share(Double)
  /// A number of images: at least 0.
  case count(Int)

  /// Reads `0.1`, a share, or `5000`, a number of images.
  ///
  /// - Throws: `ConfigurationError` when `text` is neither.
  public init(parsing text: String) throws {
    if let count = Int(text), count >= 0 {
      self = .count(count)
    } else if let share = Double(text), share >= 0, share < 1 {
      self = .share(share)
    } else {
      throw ConfigurationError(
        "validation", text.isEmpty ? "\"\"" : text, expected: Self.expectation)
    }
  }

  /// `0.1` or `5000`.
  public var description: String {
    switch self {
    case .share(let share): "\(share)"
    case .count(let count): "\(count)"
    }
  }

  /// The number of images held back of `total`, rounded down.
  ///
  /// - Throws: `ConfigurationError` when it is below 0 or leaves nothing to learn from.
  public func imageCount(of total: Int) throws -> Int {
    switch self {
    case .share(let share):
      guard share >= 0, share < 1 else {
        throw ConfigurationError("validation", description, expected: Self.expectation)
      }
      return Int(Double(total) * share)
    case .count(let count):
      guard count >= 0, count < total else {
        throw ConfigurationError(
          "validation", description,
          expected: "at least 0 and fewer than the \(total) images of the data set")
      }
      return count
    }
  }

  private static let expectation = "a share below 1, such as 0.1, or a number of images"
}
