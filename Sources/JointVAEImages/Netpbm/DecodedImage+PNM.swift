import JointVAEFiles

extension DecodedImage {
  /// Decodes a netpbm image of the kinds P1 to P6: bits, grays or colors, as text or as bytes, up to 16 bits a sample.
  /// Of a file of several images the first is taken.
  ///
  /// - Throws: `FileError` for a file that is damaged, cut off or larger than `limits`; `SamplesBeyondRange`.
  static func pnm(
    _ bytes: [UInt8], name: String, spread: ClosedRange<Double>?, limits: ImageLimits
  ) throws -> DecodedImage {
    let header = try PNMHeader(bytes, name: name, limits: limits)
    let reader = PNMReader(bytes: bytes, header: header, name: name)
    let (width, height, channels) = (header.width, header.height, header.channels)
    if header.kind == .bitmap {
      let image = Image(
        width: width, height: height, channels: 1,
        pixels: try header.isPlain ? reader.plainBits() : reader.packedBits())
      return try DecodedImage(image, spread, name)
    }
    if !header.isPlain, header.limit == 255 {
      let image = Image(
        width: width, height: height, channels: channels,
        pixels: Array(try reader.raster(rowLength: width * channels)))
      return try DecodedImage(image, spread, name)
    }
    return try DecodedImage(
      width: width, height: height, channels: channels,
      wide: header.isPlain ? reader.plainSamples() : reader.packedSamples(), limit: header.limit,
      spread, name)
  }
}

/// The pixels of a netpbm file.
private struct PNMReader {
  let bytes: [UInt8]
  let header: PNMHeader
  let name: String

  private var sampleCount: Int { header.width * header.height * header.channels }

  /// Ones are black.
  func plainBits() throws -> [UInt8] {
    var text = try text(charactersOfSample: 1)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(sampleCount)
    for _ in 0..<sampleCount { pixels.append(try text.bit() == 1 ? 0 : 255) }
    return pixels
  }

  /// Each row begins with a byte of its own.
  func packedBits() throws -> [UInt8] {
    let rowLength = (header.width + 7) / 8
    let raster = try raster(rowLength: rowLength)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(sampleCount)
    for row in 0..<header.height {
      let start = raster.startIndex + row * rowLength
      for x in 0..<header.width {
        pixels.append(raster[start + x / 8] & (0x80 >> UInt8(x % 8)) == 0 ? 255 : 0)
      }
    }
    return pixels
  }

  func plainSamples() throws -> [UInt16] {
    // A digit and a space each, without the last space.
    var text = try text(charactersOfSample: 2)
    var samples: [UInt16] = []
    samples.reserveCapacity(sampleCount)
    for _ in 0..<sampleCount { samples.append(try sample(text.number())) }
    return samples
  }

  func packedSamples() throws -> [UInt16] {
    let width = header.limit < 256 ? 1 : 2
    let raster = try raster(rowLength: header.width * header.channels * width)
    var samples: [UInt16] = []
    samples.reserveCapacity(sampleCount)
    for place in stride(from: raster.startIndex, to: raster.endIndex, by: width) {
      let number =
        width == 1 ? Int(raster[place]) : Int(raster[place]) << 8 | Int(raster[place + 1])
      samples.append(try sample(number))
    }
    return samples
  }

  /// The bytes of all rows, which are there.
  func raster(rowLength: Int) throws -> ArraySlice<UInt8> {
    let length = rowLength * header.height
    guard bytes.count - header.end >= length else {
      throw PNMText(bytes, from: 0, name: name).cutOff
    }
    return bytes[header.end..<header.end + length]
  }

  /// The text of all samples, which has as many characters as they take at least.
  private func text(charactersOfSample count: Int) throws -> PNMText {
    let text = PNMText(bytes, from: min(header.end, bytes.count), name: name)
    guard bytes.count - header.end >= sampleCount * count - 1 else { throw text.cutOff }
    return text
  }

  private func sample(_ number: Int) throws -> UInt16 {
    guard number <= header.limit else {
      throw FileError(
        name,
        "is a damaged netpbm image: it holds the value \(number); expected 0 to \(header.limit)")
    }
    return UInt16(number)
  }
}
