/// The pixels of many images of one shape, in memory or in a file that is mapped into it.
struct PixelStorage: Sendable {
  /// How a value is kept.
  enum Encoding: String, Codable, Sendable {
    /// A byte a value, 0 black to 255 white.
    case bytes
    /// A bit a value, 1 for white, the first value in a byte's highest bit. An image begins with a
    /// new byte.
    case bits

    /// The bytes that an image of `valueCount` values takes.
    func byteCount(valueCount: Int) -> Int {
      switch self {
      case .bytes: valueCount
      case .bits: (valueCount + 7) / 8
      }
    }
  }

  private enum Place {
    case memory([UInt8])
    case file(MappedFile, Range<Int>)
  }

  let encoding: Encoding
  /// Values of one image.
  let valueCount: Int
  private let place: Place

  /// Pixels in memory.
  init(_ bytes: [UInt8], encoding: Encoding = .bytes, valueCount: Int) {
    self.encoding = encoding
    self.valueCount = valueCount
    place = .memory(bytes)
  }

  /// Pixels that are the bytes `range` of a file.
  ///
  /// - Precondition: `range` lies within the file.
  init(_ file: MappedFile, _ range: Range<Int>, encoding: Encoding, valueCount: Int) {
    precondition(range.lowerBound >= 0 && range.upperBound <= file.bytes.count)
    self.encoding = encoding
    self.valueCount = valueCount
    place = .file(file, range)
  }

  /// Calls `body` with all bytes.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    switch place {
    case .memory(let bytes): try bytes.withUnsafeBytes(body)
    case .file(let file, let range):
      try withExtendedLifetime(file) {
        try body(UnsafeRawBufferPointer(rebasing: file.bytes[range]))
      }
    }
  }

  /// Copies the image at `position` of `bytes`, which are this storage's, to `destination`.
  ///
  /// - Precondition: there is such an image, and `destination` has room for `valueCount` values.
  func copyImage(
    _ position: Int, of bytes: UnsafeRawBufferPointer,
    to destination: UnsafeMutableBufferPointer<UInt8>
  ) {
    let length = encoding.byteCount(valueCount: valueCount)
    let image = bytes[position * length..<(position + 1) * length]
    switch encoding {
    case .bytes:
      UnsafeMutableRawBufferPointer(destination).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: image))
    case .bits:
      for (index, byte) in image.enumerated() {
        for bit in 0..<min(8, valueCount - 8 * index) {
          // All ones where the bit is set.
          destination[8 * index + bit] = 0 &- (byte >> UInt8(7 - bit) & 1)
        }
      }
    }
  }

  /// `values`, which are 0 or 255, a bit each; an image begins with a new byte.
  static func packed(_ values: UnsafeBufferPointer<UInt8>, valueCount: Int) -> [UInt8] {
    let length = Encoding.bits.byteCount(valueCount: valueCount)
    var bytes = [UInt8](repeating: 0, count: values.count / valueCount * length)
    for image in 0..<values.count / valueCount {
      for value in 0..<valueCount where values[image * valueCount + value] != 0 {
        bytes[image * length + value / 8] |= 0x80 >> UInt8(value % 8)
      }
    }
    return bytes
  }
}
