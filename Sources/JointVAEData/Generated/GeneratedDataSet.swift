import JointVAE

/// A data set that is drawn instead of read, with known factors: gray images, white on black, or colored ones.
///
/// Image `i` is a function of the seed, the part and `i`, to the last bit, whatever the number of images, threads or the
/// kind of processor. A conforming type describes one image; `images(count:size:threads:)` draws any number of them.
public protocol GeneratedDataSet: Hashable, Sendable {
  /// All that determines an image, independent of its size.
  associatedtype Factors: Sendable
  /// Draws the image of some factors: every value `[y, x, channel]`, 0 black to 255 white. Used by one thread at a time.
  typealias Pen = (Factors, UnsafeMutableBufferPointer<UInt8>) -> Void

  /// The name of the data set, such as `shapes`.
  static var name: String { get }
  /// What the images show, in one line.
  static var summary: String { get }
  /// The names of the classes, in the order of their numbers.
  static var classNames: [String] { get }
  /// Height and width in pixels where the caller gives none.
  static var defaultSize: Int { get }
  /// Values of a pixel: 1 for gray images, 3 for RGB.
  static var channels: Int { get }
  /// The number of different images; nil for no limit.
  static var largestCount: Int? { get }
  /// What is known of every image, in the order of the reports.
  static var factors: [GeneratedFactor<Factors>] { get }

  /// The seed of the images.
  var seed: UInt64 { get }
  /// Whether to draw images to learn from, or others to measure with.
  var split: DataSplit { get }

  /// A generator of the images of `seed`.
  init(seed: UInt64, split: DataSplit)
  /// The factors of image `index`, counted from 0.
  func factors(of index: Int) -> Factors
  /// The class that an image of `factors` shows.
  static func classNumber(of factors: Factors) -> Int
  /// A pen for images of `size` pixels a side.
  static func pen(size: Int) -> Pen
}

/// A factor of a generated data set, and its value in an image.
public struct GeneratedFactor<Factors>: Sendable {
  let name: String
  let unit: KnownFactor.Unit
  let value: @Sendable (Factors) -> Double

  /// A factor called `name`, whose `value` of an image counts `unit`.
  public init(
    _ name: String, _ unit: KnownFactor.Unit, value: @escaping @Sendable (Factors) -> Double
  ) {
    self.name = name
    self.unit = unit
    self.value = value
  }
}

extension GeneratedDataSet {
  /// Gray.
  public static var channels: Int { 1 }

  /// No limit.
  public static var largestCount: Int? { nil }

  /// The number of images where the caller gives none: 20,000 to learn from, 2,000 to measure with.
  public static func defaultCount(_ split: DataSplit) -> Int { split == .train ? 20_000 : 2_000 }

  /// Draws images 0 to `count - 1`.
  ///
  /// - Parameters:
  ///   - count: nil for `defaultCount`.
  ///   - size: height and width, from 8 to 256 pixels; nil for squares of `defaultSize`. What is drawn is as large as the
  ///     shorter side and stands in the middle, on the color of its upper left corner.
  ///   - threads: nil for one a core.
  /// - Returns: images with labels and factors.
  /// - Throws: `ConfigurationError` for another size, a count below 1 or above `largestCount`, or one that does not fit
  ///   this machine's memory.
  public func images(
    count: Int? = nil, size: ImageSize? = nil, threads: Int? = nil
  ) throws -> LabeledImages {
    let size = size ?? ImageSize(side: Self.defaultSize)
    let drawing = try GeneratedPixels(
      count: count ?? Self.defaultCount(split), size: size, channels: Self.channels,
      available: Self.largestCount)
    let factors = (0..<drawing.count).map { self.factors(of: $0) }
    let pixels = try drawing.drawn(threads: threads) {
      let draw = Self.pen(size: min(size.height, size.width))
      return { index, image in draw(factors[index], image) }
    }
    return try LabeledImages(
      name: Self.name, part: split.rawValue, origin: "generated from seed \(seed)",
      imageShape: drawing.imageShape, pixels: pixels, labels: factors.map(Self.classNumber),
      classNames: Self.classNames,
      factors: Self.factors.map { factor in
        KnownFactor(name: factor.name, unit: factor.unit, values: factors.map(factor.value))
      })
  }
}

/// The generated data sets that are known by name.
package enum GeneratedDataSets {
  /// To add a data set, write its type and list it here.
  package static let all: [any GeneratedDataSet.Type] = [
    ShapeGenerator.self, ColoredShapeGenerator.self, SpriteGenerator.self, GlyphGenerator.self,
  ]

  /// The data set called `name`, if there is one.
  static func named(_ name: String) -> (any GeneratedDataSet.Type)? {
    all.first { $0.name == name }
  }
}
