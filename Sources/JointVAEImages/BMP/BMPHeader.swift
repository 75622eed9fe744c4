import JointVAEFiles

/// The start of a BMP file, which Windows calls BITMAPFILEHEADER and BITMAPINFOHEADER, in all of its versions, and
/// OS/2's BITMAPCOREHEADER.
struct BMPHeader {
  /// How pixels are stored.
  enum Encoding: UInt32 {
    case plain = 0
    /// Runs of bytes.
    case runs8 = 1
    /// Runs of half bytes.
    case runs4 = 2
    /// Colors at the places that masks give.
    case masks = 3
    /// The same, with alpha.
    case alphaMasks = 6
  }

  let width: Int
  let height: Int
  /// Whether the first row stored is the top one.
  let isTopDown: Bool
  /// Bits of a pixel: 1, 4 or 8 with a palette, 16, 24 or 32.
  let bitCount: Int
  let encoding: Encoding
  /// Where the pixels begin.
  let pixelOffset: Int
  /// Red, green and blue by number; empty without a palette.
  let palette: [[UInt8]]
  /// The masks of red, green, blue and alpha in pixels of 16 or 32 bits; 0 for none.
  let masks: [UInt32]

  /// Reads the start of `bytes`, of which errors speak as `name`.
  ///
  /// - Throws: `FileError` for a file that is no BMP, is cut off, of a kind that is not read, or larger than `limits`.
  init(_ bytes: [UInt8], name: String, limits: ImageLimits) throws {
    guard bytes.count <= limits.maximumByteCount else {
      throw FileError(
        name, "holds \(bytes.count) bytes; expected at most \(limits.maximumByteCount)")
    }
    guard bytes.starts(with: "BM".utf8) else {
      throw FileError(name, "is not a BMP image: it does not begin with BM")
    }
    func damage(_ what: String) -> FileError { FileError(name, "is a damaged BMP image: \(what)") }
    let file = BMPBytes(bytes, name: name)
    let length = Int(try file.number(at: 14, bytes: 4))
    let isCore = length == 12
    guard isCore || (40...124).contains(length) else {
      throw damage("its header claims \(length) bytes; expected 12 or 40 to 124")
    }
    width = isCore ? Int(try file.number(at: 18, bytes: 2)) : try file.signed(at: 18)
    let rows = isCore ? Int(try file.number(at: 20, bytes: 2)) : try file.signed(at: 22)
    isTopDown = rows < 0
    height = abs(rows)
    _ = try limits.pixelCount(width: width, height: height, name: name)
    bitCount = Int(try file.number(at: isCore ? 24 : 28, bytes: 2))
    let code = isCore ? 0 : try file.number(at: 30, bytes: 4)
    guard let encoding = Encoding(rawValue: code), [1, 4, 8, 16, 24, 32].contains(bitCount),
      Self.agree(encoding, bitCount), !isTopDown || encoding == .plain || bitCount >= 16
    else {
      throw FileError(
        name,
        "is a BMP image of \(bitCount) bits a pixel in encoding \(code), which is not supported; "
          + "convert it to PNG")
    }
    self.encoding = encoding
    pixelOffset = Int(try file.number(at: 10, bytes: 4))
    let hasMasks = encoding == .masks || encoding == .alphaMasks
    masks = try Self.masks(file, length, hasMasks ? encoding : nil, bitCount: bitCount)
    guard masks.allSatisfy({ $0 == 0 || Self.isRun($0) }) else {
      throw damage("its masks of colors have gaps")
    }
    // A header of 40 bytes has its masks behind it.
    let maskLength = hasMasks && length < 52 ? (encoding == .masks ? 12 : 16) : 0
    let start = 14 + length + maskLength
    guard pixelOffset >= start, pixelOffset <= bytes.count else {
      throw pixelOffset < start
        ? damage("its pixels begin at byte \(pixelOffset), within its header") : file.cutOff
    }
    guard bitCount <= 8 else {
      palette = []
      return
    }
    let wanted = isCore ? 0 : Int(try file.number(at: 46, bytes: 4))
    let width = isCore ? 3 : 4
    let count = min(wanted == 0 ? 256 : wanted, 1 << bitCount, (pixelOffset - start) / width)
    guard count > 0 else { throw damage("it has no palette") }
    palette = (0..<count).map { color in
      let place = start + color * width
      return [bytes[place + 2], bytes[place + 1], bytes[place]]
    }
  }

  private static func agree(_ encoding: Encoding, _ bitCount: Int) -> Bool {
    switch encoding {
    case .plain: true
    case .runs8: bitCount == 8
    case .runs4: bitCount == 4
    case .masks, .alphaMasks: bitCount == 16 || bitCount == 32
    }
  }

  private static func masks(
    _ file: BMPBytes, _ length: Int, _ encoding: Encoding?, bitCount: Int
  ) throws -> [UInt32] {
    guard let encoding else {
      return bitCount == 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff_0000, 0xff00, 0xff, 0]
    }
    let colors = try (0..<3).map { try file.number(at: 54 + 4 * $0, bytes: 4) }
    let hasAlpha = encoding == .alphaMasks || length >= 56
    return colors + [hasAlpha ? try file.number(at: 66, bytes: 4) : 0]
  }

  /// Whether the ones of `mask` stand side by side.
  private static func isRun(_ mask: UInt32) -> Bool {
    let run = mask >> UInt32(mask.trailingZeroBitCount)
    return run & (run &+ 1) == 0
  }
}

/// Little-endian numbers of a file.
struct BMPBytes {
  let bytes: [UInt8]
  let name: String

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  var cutOff: FileError {
    FileError(name, "is cut off: it ends at byte \(bytes.count), before the end of the BMP image")
  }

  func number(at place: Int, bytes count: Int) throws -> UInt32 {
    guard place + count <= bytes.count else { throw cutOff }
    return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  func signed(at place: Int) throws -> Int {
    Int(Int32(bitPattern: try number(at: place, bytes: 4)))
  }
}
