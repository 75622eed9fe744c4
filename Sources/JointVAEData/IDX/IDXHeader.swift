import JointVAEFiles

/// The start of an IDX file, the format MNIST came in: a magic number, then the length of each
/// axis, all big-endian 32-bit integers; the values follow.
///
/// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
struct IDXHeader: Equatable {
  /// What a file of bytes may hold.
  enum Content: UInt32 {
    /// `[image]`, a class number each.
    case labels = 0x0000_0801
    /// `[image, y, x]`, 0 black to 255 white.
    case images = 0x0000_0803

    /// The number of axes.
    var rank: Int { Int(rawValue & 0xff) }
  }

  /// The length of each axis.
  var lengths: [Int]
  /// The type of the values.
  var element: NPYElement

  /// Values of each image or label.
  var itemSize: Int { lengths.dropFirst().reduce(1, *) }

  /// Reads the header of a file of labels: of bytes, or of rows of 32-bit numbers.
  ///
  /// - Throws: `FileError` when the file holds something else, or more labels than its size leaves room for.
  init(labels source: any ByteSource) throws {
    let magic = try source.next(4)
    let isBytes = magic.count < 4 || Self.number(magic[...]) == Content.labels.rawValue
    let isNumbers =
      magic.count == 4 && [0x0000_0c01, 0x0000_0c02].contains(Self.number(magic[...]))
    guard isBytes || isNumbers, magic.count == 4 else {
      let start = try magic + source.next(FileFormat.startLength - magic.count)
      throw FileError(source.path, Self.complaint(about: start, expecting: .labels))
    }
    let rank = Int(magic[3])
    let bytes = try source.next(4 * rank)
    guard bytes.count == 4 * rank else {
      throw FileError(
        source.path,
        "ends within its header, after \(4 + bytes.count) of \(4 + 4 * rank) bytes; fetch it again")
    }
    lengths = (0..<rank).map { Int(Self.number(bytes[(4 * $0)...])) }
    element = isNumbers ? NPYElement(.int32, isBigEndian: true) : NPYElement(.uint8)
    try validate(source, holding: .labels)
  }

  /// Reads the header of a file that should hold `content`.
  ///
  /// - Throws: `FileError` when the file holds something else, nothing, images without pixels or of
  ///   a side beyond `DataLimits.largestSide`, or more values than its size leaves room for.
  init(_ source: any ByteSource, expecting content: Content) throws {
    let magic = try source.next(4)
    guard magic.count == 4, let element = Self.element(magic, of: content) else {
      let start = try magic + source.next(FileFormat.startLength - magic.count)
      throw FileError(source.path, Self.complaint(about: start, expecting: content))
    }
    let bytes = try source.next(4 * content.rank)
    guard bytes.count == 4 * content.rank else {
      throw FileError(
        source.path,
        "ends within its header, after \(4 + bytes.count) of \(4 + 4 * content.rank) bytes; "
          + "fetch it again"
      )
    }
    self.element = element
    lengths = (0..<content.rank).map { Int(Self.number(bytes[(4 * $0)...])) }
    try validate(source, holding: content)
  }

  /// The type of the values of a file that begins with `magic`; nil when it holds something else than `content`.
  ///
  /// Labels are bytes. Images may be numbers of any type that the format has.
  private static func element(_ magic: [UInt8], of content: Content) -> NPYElement? {
    if number(magic[...]) == content.rawValue { return NPYElement(.uint8) }
    guard content == .images, magic[0] == 0, magic[1] == 0, Int(magic[3]) == content.rank,
      let kind = kinds[magic[2]]
    else { return nil }
    return NPYElement(kind, isBigEndian: true)
  }

  /// The types of values by their numbers in the format.
  private static let kinds: [UInt8: NPYElement.Kind] = [
    0x09: .int8, 0x0b: .int16, 0x0c: .int32, 0x0d: .float32, 0x0e: .float64,
  ]

  private func validate(_ source: any ByteSource, holding content: Content) throws {
    guard lengths[0] > 0 else {
      throw FileError(source.path, "holds no \(content); expected at least one")
    }
    guard lengths[0] <= Int32.max else {
      throw FileError(
        source.path, "claims to hold \(lengths[0]) \(content); expected at most \(Int32.max)")
    }
    let sides = lengths.dropFirst()
    guard sides.allSatisfy({ (1...DataLimits.largestSide).contains($0) }) else {
      throw FileError(
        source.path,
        "claims that its images have \(sides.map(String.init).joined(separator: "x")) pixels; "
          + "expected sides of 1 to \(DataLimits.largestSide)")
    }
    // 2^31 images of 2^26 pixels of 8 bytes fit 64 bits.
    let total = 4 + 4 * lengths.count + lengths[0] * itemSize * element.byteCount
    guard total <= source.largestByteCount else {
      let shape = lengths.map(String.init).joined(separator: "x")
      throw FileError(
        source.path,
        "claims to hold \(shape) values, \(total) bytes in all, but has room for at most "
          + "\(source.largestByteCount); it is cut off or damaged, fetch it again")
    }
  }

  private static func complaint(about start: [UInt8], expecting content: Content) -> String {
    let magic = Array(start.prefix(4))
    guard magic.count == 4 else {
      return magic.isEmpty
        ? "is empty; expected an IDX file of \(content)" : "ends within its header"
    }
    let format = FileFormat(start)
    switch (Content(rawValue: number(magic[...])), content) {
    case (.labels, .images):
      return "holds labels (magic 0x00000801), not images (0x00000803); "
        + "pass the file with images in its name"
    case (.images, .labels):
      return "holds images (magic 0x00000803), not labels (0x00000801); "
        + "pass the file with labels in its name"
    default:
      let found = hexadecimal(magic)
      if let format, format != .idx(axes: Int(magic[3])) {
        return "is \(format); expected an IDX file of \(content)"
          + (format.advice.map { ": \($0)" } ?? "")
      }
      if format != nil {
        return "is an IDX file of another type or number of axes (magic 0x\(found)); "
          + "expected \(content) as bytes, magic 0x\(hexadecimal(content.rawValue))"
      }
      return "is not an IDX file of \(content): it begins with 0x\(found), "
        + "expected 0x\(hexadecimal(content.rawValue))"
    }
  }

  /// The big-endian number of the first four of `bytes`.
  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    hexadecimal([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) })
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
