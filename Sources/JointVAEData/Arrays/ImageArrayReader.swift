/// Images of one size that a file holds one after the other, read once from front to back by one
/// thread at a time.
package protocol ImageArrayReader: AnyObject {
  /// The file they come from, for messages.
  var path: String { get }
  /// Pixels of a column of every image.
  var height: Int { get }
  /// Pixels of a row of every image.
  var width: Int { get }
  /// Values of a pixel: 1 gray, 3 red, green and blue.
  var channels: Int { get }
  /// The number of images when the file gives it before it is read; nil for CSV.
  var count: Int? { get }
  /// Whether pixels are only 0 and 255; `expect` may change it.
  var isBinary: Bool { get }
  /// Reads elements as `expectation` has it. Called before the first image is read, if at all.
  ///
  /// - Throws: `ScaleRefuted` when nothing usual has values over the range that was found.
  func expect(_ expectation: PixelExpectation) throws
  /// What elements were read so far and what they were taken for; nil before any.
  var values: PixelValues? { get }
  /// Reads the next images as `[image, y, x, channel]`, 0 black to 255 white.
  ///
  /// - Parameters:
  ///   - limit: the most images wanted, at least 1.
  ///   - buffer: room for `limit` images.
  /// - Returns: how many were read; fewer than `limit` only at the end, 0 when the rest of the file
  ///   was verified and there are no more.
  /// - Throws: `FileError` when the file cannot be read or holds something else than it promised; `ScaleRefuted`
  ///   when its values are others than its beginning promised.
  func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
  /// The labels of the images read so far; nil when it has no labels.
  var labels: ArrayLabels? { get }
  /// Known factors of each image read so far, such as dSprites' latents; empty for most files.
  var factors: [KnownFactor] { get }
}

extension ImageArrayReader {
  /// Bytes of an image as it is read.
  package var imageByteCount: Int { height * width * channels }
}

/// The labels of a file's images.
package enum ArrayLabels: Equatable, Sendable {
  /// Class numbers, as they stand in the file.
  case numbers([Int])
  /// Class names: a column of text, or names that are known of a data set.
  case names([String])

  /// The number of labels.
  package var count: Int {
    switch self {
    case .numbers(let numbers): numbers.count
    case .names(let names): names.count
    }
  }

  /// The first `count` labels.
  func prefix(_ count: Int) -> ArrayLabels {
    guard count < self.count else { return self }
    switch self {
    case .numbers(let numbers): return .numbers(Array(numbers.prefix(count)))
    case .names(let names): return .names(Array(names.prefix(count)))
    }
  }
}
