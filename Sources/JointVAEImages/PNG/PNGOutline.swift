import JointVAEFiles

/// What a PNG file shows before anything is decoded (PNG specification, sections 5, 11).
struct PNGOutline {
  /// Pixels in a row.
  var width: Int
  /// Rows.
  var height: Int
  /// Whether the pixels are numbers of a palette that holds grays only.
  var hasGrayPalette: Bool
  /// Whether the decoded image has one channel.
  var isGray: Bool
  /// How the stored pixels are turned.
  var orientation: ImageOrientation
  /// The file without the chunks that do not decide its pixels.
  ///
  /// Text, profiles and gamma stay out: the values in the file are what data sets mean, and what
  /// is not parsed can do no harm.
  var essentials: [UInt8]

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Walks through the chunks of `bytes`, of which errors speak as `name`.
  /// - Throws: `FileError` for a file that is not a PNG, is cut off, or is larger than `limits`.
  init(_ bytes: [UInt8], name: String, limits: ImageLimits) throws {
    guard bytes.starts(with: Self.signature) else {
      throw FileError(name, "is not a PNG image: it does not begin with the PNG signature")
    }
    guard bytes.count <= limits.maximumByteCount else {
      throw FileError(
        name, "holds \(bytes.count) bytes; expected at most \(limits.maximumByteCount)")
    }
    essentials = Self.signature
    essentials.reserveCapacity(bytes.count)
    hasGrayPalette = false
    isGray = false
    orientation = .upright
    var size: (width: Int, height: Int)?
    var isIndexed = false
    var position = Self.signature.count
    while true {
      let chunk = try Chunk(bytes, at: position, name: name)
      if let size {
        (width, height) = size
      } else {
        let header = try Self.size(from: chunk, bytes, name: name)
        _ = try limits.pixelCount(width: header.width, height: header.height, name: name)
        (width, height) = header
        size = header
        // An RGB image may carry a palette, too, as advice to displays.
        let colorType = bytes[chunk.body.lowerBound + 9]
        isIndexed = colorType == 3
        isGray = colorType == 0 || colorType == 4
      }
      if chunk.name == "PLTE" && isIndexed {
        hasGrayPalette = Self.isGray(bytes[chunk.body])
        isGray = hasGrayPalette
      }
      if chunk.name == "eXIf" {
        orientation = EXIFOrientation.find(in: bytes[chunk.body]) ?? orientation
      }
      if chunk.decidesPixels { essentials.append(contentsOf: bytes[chunk.whole]) }
      if chunk.name == "IEND" { return }
      position = chunk.whole.upperBound
    }
  }

  private static func size(
    from chunk: Chunk, _ bytes: [UInt8], name: String
  ) throws -> (width: Int, height: Int) {
    guard chunk.name == "IHDR" && chunk.body.count == 13 else {
      throw FileError(
        name,
        "is a damaged PNG image: begins with a chunk \(chunk.name) of \(chunk.body.count) bytes; "
          + "expected IHDR of 13")
    }
    return (
      number(bytes, at: chunk.body.lowerBound), number(bytes, at: chunk.body.lowerBound + 4)
    )
  }

  private static func isGray(_ palette: ArraySlice<UInt8>) -> Bool {
    // libpng refuses a palette that is empty or not of whole entries; here it only must not trap.
    for red in stride(from: palette.startIndex, to: palette.endIndex - 2, by: 3) {
      let isGray = palette[red] == palette[red + 1] && palette[red] == palette[red + 2]
      guard isGray else { return false }
    }
    return true
  }

  fileprivate static func number(_ bytes: [UInt8], at position: Int) -> Int {
    bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}

/// One chunk: length, four letters, body, checksum.
private struct Chunk {
  var name: String
  var whole: Range<Int>
  var body: Range<Int>
  var decidesPixels: Bool

  init(_ bytes: [UInt8], at position: Int, name file: String) throws {
    guard bytes.count - position >= 12 else {
      throw FileError(
        file, "is cut off: it ends at byte \(bytes.count), before the end of the PNG image")
    }
    let letters = bytes[position + 4..<position + 8]
    let areLetters = letters.allSatisfy {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF)
    }
    guard areLetters else {
      throw FileError(
        file, "is a damaged PNG image: at byte \(position + 4), expected the name of a chunk")
    }
    name = String(decoding: letters, as: UTF8.self)
    let length = PNGOutline.number(bytes, at: position)
    guard length <= bytes.count - position - 12 else {
      throw FileError(
        file,
        "is cut off: its chunk \(name) claims \(length) bytes, but \(bytes.count - position - 12) "
          + "are left")
    }
    whole = position..<position + length + 12
    body = position + 8..<position + 8 + length
    // A capital first letter means that no reader may skip the chunk.
    decidesPixels = bytes[position + 4] & 0x20 == 0 || name == "tRNS"
  }
}
