import JointVAEFiles

/// The images of a .npy file: `(image, y, x)`, `(image, y, x, channel)` with 1 or 3 channels,
/// `(image, 1, y, x)`, or `(image, pixel)` of square images, gray or RGB.
///
/// What the elements stand for is found from the first MiB of them: see `NPYPixelScale`.
package final class NPYImages: ImageArrayReader {
  package let path: String
  package var height: Int { shape.height }
  package var width: Int { shape.width }
  package var channels: Int { shape.channels }
  package let count: Int?
  package var isBinary: Bool { scale == .binary }
  package let labels: ArrayLabels? = nil
  package let factors: [KnownFactor] = []

  /// The number of images read so far.
  private(set) var position = 0
  private let source: any ByteSource
  private let element: NPYElement
  private let shape: ArrayImageShape
  private let scale: NPYPixelScale
  /// What was read to decide on the scale, and how much of it was used.
  private var start: [UInt8]
  private var startUsed = 0

  /// Reads the header and the first images of `source`.
  ///
  /// - Throws: `FileError` when it is no .npy file of images, or promises more than it can hold.
  package init(source: any ByteSource) throws {
    path = source.path
    self.source = source
    let header = try NPYHeader(source)
    element = header.element
    shape = try Self.imageShape(header, path)
    count = header.shape[0]
    let size = header.count * header.element.byteCount
    start = try source.next(min(size, 1 << 20))
    let whole = start.count / element.byteCount * element.byteCount
    scale = start.withUnsafeBytes { bytes in
      NPYPixelScale(header.element, startingWith: UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
    }
  }

  package func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let length = imageByteCount
    precondition(
      limit > 0 && buffer.count / length >= limit, "the buffer has no room for the images")
    let total = count ?? 0
    let wanted = min(limit, total - position)
    guard wanted > 0 else {
      guard try fill(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(1))) == 0 else {
        throw FileError(
          path,
          "goes on after the \(total) images of its header; it is damaged, fetch it again")
      }
      return 0
    }
    // Bytes that are pixels already need no second place.
    if element == .uint8, scale == .bytes {
      try fillImages(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(wanted * length)))
    } else {
      let elements = UnsafeMutableRawBufferPointer.allocate(
        byteCount: length * element.byteCount, alignment: 16)
      defer { elements.deallocate() }
      for image in 0..<wanted {
        try fillImages(elements, after: image)
        let pixels = UnsafeMutableRawBufferPointer(rebasing: buffer[(image * length)...])
        try convert(UnsafeRawBufferPointer(elements), to: pixels, image: position + image)
      }
    }
    position += wanted
    return wanted
  }

  /// Fills `buffer` with the elements that come next.
  ///
  /// - Parameter done: images that were read since `position` was counted.
  private func fillImages(_ buffer: UnsafeMutableRawBufferPointer, after done: Int = 0) throws {
    let got = try fill(buffer)
    guard got == buffer.count else {
      let image = position + done + got / (imageByteCount * element.byteCount)
      throw FileError(
        path, "ends within image \(image) of \(count ?? 0); it is cut off, fetch it again")
    }
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let early = min(buffer.count, start.count - startUsed)
    if early > 0 {
      start.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[startUsed..<startUsed + early]))
      }
      startUsed += early
      if startUsed == start.count { (start, startUsed) = ([], 0) }
    }
    return try early
      + source.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[early...]))
  }

  private func convert(
    _ elements: UnsafeRawBufferPointer, to pixels: UnsafeMutableRawBufferPointer, image: Int
  ) throws {
    if element.byteCount == 1, scale == .binary, spreadBits(elements, to: pixels) { return }
    for index in 0..<imageByteCount {
      let number = element.number(index, in: elements)
      guard let pixel = scale.pixel(number) else {
        throw FileError(
          path,
          "has the value \(Self.text(of: number)) in image \(image), counted from 0; expected "
            + scale.expectation)
      }
      pixels[index] = pixel
    }
  }

  /// Makes zeros and ones 0 and 255, as fast as they are copied.
  ///
  /// - Returns: whether there was nothing else.
  private func spreadBits(
    _ elements: UnsafeRawBufferPointer, to pixels: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var seen: UInt8 = 0
    for index in 0..<imageByteCount {
      seen |= elements[index]
      pixels[index] = 0 &- elements[index]
    }
    return seen <= 1
  }

  /// Whole numbers without a point.
  private static func text(of number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
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
