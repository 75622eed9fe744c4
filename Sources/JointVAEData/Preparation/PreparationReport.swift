/// What was found in the files of a data set, and what was done to its images.
public struct PreparationReport: Hashable, Codable, Sendable {
  /// What the outermost pixels of a gray set's images are like.
  public enum Border: String, Codable, Sendable {
    /// Most are nearly black: something light on dark.
    case dark
    /// Most are nearly white: something dark on light, such as ink on paper.
    case light
    /// Neither.
    case mixed
  }

  /// Width and height of an image in its file, in pixels.
  public struct Size: Hashable, Codable, Sendable {
    /// Pixels in a row.
    public var width: Int
    /// Rows.
    public var height: Int
  }

  /// The smallest width and the smallest height of all images.
  public var smallest: Size
  /// The largest width and the largest height of all images.
  public var largest: Size
  /// Channels of the prepared images.
  public var channels: Int
  /// The border before anything was inverted; nil for colored images.
  public var border: Border?
  /// Whether light and dark were exchanged.
  public var isInverted = false
  /// Images that were not square.
  public var oblongCount = 0
  /// Files beside the images that are none.
  public var skippedFileCount = 0
  /// The first of those, each with the reason.
  public var skippedFiles: [String] = []
  /// Images that could not be read and were left out.
  public var brokenImageCount = 0
  /// What is wrong with the first of those, each a sentence that names the file.
  public var brokenImages: [String] = []
  /// Notes for the user, each a sentence.
  public var remarks: [String] = []

  /// The most sentences kept of broken images.
  static let brokenImageLimit = 20

  /// The report on images that are all of one size.
  init(width: Int, height: Int, channels: Int) {
    smallest = Size(width: width, height: height)
    largest = smallest
    self.channels = channels
  }

  /// Notes an image of another size.
  mutating func include(width: Int, height: Int) {
    smallest = Size(width: min(smallest.width, width), height: min(smallest.height, height))
    largest = Size(width: max(largest.width, width), height: max(largest.height, height))
  }
}

/// How far the preparation of a data set is.
public struct PreparationProgress: Hashable, Sendable {
  /// The data set's name or path.
  public var dataSet: String
  /// Images that are done.
  public var done: Int
  /// All images; nil while unknown.
  public var total: Int?
}
