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

  /// What the numbers in the files are like.
  public struct Values: Hashable, Codable, Sendable {
    /// The smallest and the largest.
    public var found: ValueRange
    /// Those that became black and white.
    public var scale: ValueRange

    /// Values over `found`, of a scale.
    public init(found: ValueRange, scale: ValueRange) {
      self.found = found
      self.scale = scale
    }

    /// Whether all are the same, so that there is nothing to see.
    public var areEqual: Bool { found.minimum == found.maximum }

    /// Whether they use less than half of the scale, so that the images are nearly of one gray.
    public var areNarrow: Bool { 2 * (found.maximum - found.minimum) < length }

    /// Whether they end in the first quarter of the scale, as nothing but a mistake does.
    var areNearlyBlack: Bool { !areEqual && 4 * (found.maximum - scale.minimum) < length }

    private var length: Double { scale.maximum - scale.minimum }

    /// The range to give, so that the images use the whole scale. Sensors with more than 8 bits have a power of two of
    /// values.
    public var suggestion: ValueRange {
      guard found.minimum >= 0 else { return found }
      guard found.maximum > 255, found.maximum < 65536 else { return ValueRange(0, found.maximum) }
      var limit = 511.0
      while limit < found.maximum { limit = 2 * limit + 1 }
      return ValueRange(0, limit)
    }

    /// What another image adds. Files of several scales are compared on that of bytes.
    mutating func include(_ other: Values) {
      if scale == other.scale {
        found = found.union(other.found)
      } else {
        found = onBytes.union(other.onBytes)
        scale = ValueRange(0, 255)
      }
    }

    private var onBytes: ValueRange {
      func byte(_ value: Double) -> Double { 255 * ((value - scale.minimum) / length) }
      return ValueRange(byte(found.minimum), byte(found.maximum))
    }
  }

  /// The smallest width and the smallest height of all images.
  public var smallest: Size
  /// The largest width and the largest height of all images.
  public var largest: Size
  /// Channels of the prepared images.
  public var channels: Int
  /// The border before anything was inverted; nil for colored images.
  public var border: Border?
  /// What the numbers in the files are like; nil in reports of older versions.
  public var values: Values?
  /// Whether light and dark were exchanged.
  public var isInverted = false
  /// Images of another shape than the prepared ones: that were not square where those are.
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

  /// The report on these images and those of another part of the same files.
  func including(_ other: PreparationReport?) -> PreparationReport {
    guard let other else { return self }
    var report = self
    report.smallest = Size(
      width: min(smallest.width, other.smallest.width),
      height: min(smallest.height, other.smallest.height))
    report.largest = Size(
      width: max(largest.width, other.largest.width),
      height: max(largest.height, other.largest.height))
    if border != other.border { report.border = .mixed }
    if let values = other.values { report.include(values) }
    report.oblongCount += other.oblongCount
    report.brokenImageCount += other.brokenImageCount
    report.brokenImages = Array(
      (brokenImages + other.brokenImages).prefix(Self.brokenImageLimit))
    // Files that are no images belong to no part.
    report.skippedFileCount = max(skippedFileCount, other.skippedFileCount)
    report.remarks += other.remarks.filter { !remarks.contains($0) }
    return report
  }

  /// Notes the values of another image.
  mutating func include(_ more: Values) {
    if values == nil { values = more } else { values?.include(more) }
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
