import JointVAEFiles

/// The images of a .npy file: `(image, y, x)`, `(image, y, x, channel)` with 1 or 3 channels,
/// `(image, 1, y, x)`, or `(image, pixel)` of square images, gray or RGB.
///
/// What the elements stand for is what `ElementPixels` finds.
package final class NPYImages: ImageArrayReader {
  package var path: String { elements.path }
  package var height: Int { shape.height }
  package var width: Int { shape.width }
  package var channels: Int { shape.channels }
  package var count: Int? { elements.count }
  package var isBinary: Bool { elements.scale == .binary }
  package let labels: ArrayLabels? = nil
  package let factors: [KnownFactor] = []

  /// The number of images read so far.
  var position: Int { elements.position }
  /// What kind of numbers the elements are.
  var numbers: PixelScale.Numbers { elements.numbers }
  private let shape: ArrayImageShape
  private let elements: ElementPixels

  /// Reads the header and the first images of `source`.
  ///
  /// - Throws: `FileError` when it is no .npy file of images, or promises more than it can hold.
  package init(source: any ByteSource) throws {
    let header = try NPYHeader(source)
    let element = try header.element()
    shape = try Self.imageShape(header, source.path)
    elements = try ElementPixels(
      source, element, count: header.shape[0], valueCount: shape.valueCount)
  }

  package func expect(_ expectation: PixelExpectation) throws { try elements.expect(expectation) }
  package var values: PixelValues? { elements.values }

  package func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try elements.read(limit, into: buffer)
  }

  private static func imageShape(_ header: NPYHeader, _ path: String) throws -> ArrayImageShape {
    let lengths = header.shape
    let shape: ArrayImageShape? =
      switch lengths.count {
      case 2:
        ArrayImageShape(squareOf: lengths[1])
          ?? ArrayImageShape(squareOf: lengths[1], channels: 3)
      case 3: ArrayImageShape(height: lengths[1], width: lengths[2])
      case 4 where lengths[3] == 1 || lengths[3] == 3:
        ArrayImageShape(height: lengths[1], width: lengths[2], channels: lengths[3])
      case 4 where lengths[1] == 1: ArrayImageShape(height: lengths[2], width: lengths[3])
      default: nil
      }
    guard let shape, shape.isWithinLimits else {
      throw FileError(
        path,
        "has an array of shape \(NPYHeader.text(of: lengths)); expected images as (N, height, width), "
          + "(N, height, width, 1 or 3) or (N, pixels of a square), sides of 1 to "
          + "\(DataLimits.largestSide)" + hint(lengths))
    }
    guard lengths[0] > 0 else {
      throw FileError(path, "holds no images; expected at least one")
    }
    return shape
  }

  private static func hint(_ lengths: [Int]) -> String {
    lengths.count == 4 && lengths[1] == 3
      ? ": put the channels last in Python with array.transpose(0, 2, 3, 1)" : ""
  }
}
