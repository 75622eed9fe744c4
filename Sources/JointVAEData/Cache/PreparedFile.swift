import CZlib
import Foundation
import JointVAE
import JointVAEFiles

/// A file of the cache: prepared images and all that is known of them.
///
/// The pixels come first, so that they can be written as they are made and mapped where they lie;
/// then the labels (32-bit integers), the values of the factors (64-bit floats), the header as
/// JSON, and 24 bytes that give where the header begins. All numbers are little-endian.
enum PreparedFile {
  private static let magic = Array("JVAEPREP".utf8)
  private static let footerLength = 24
  /// Bytes beyond which a header is none of ours.
  private static let headerLimit = 1 << 28

  /// What follows the pixels of `images`, whose bytes are `pixels`.
  static func trailer(
    _ header: PreparedHeader, labels: [Int]?, factors: [KnownFactor],
    pixels: UnsafeRawBufferPointer, threads: Int?
  ) throws -> [UInt8] {
    var tables: [UInt8] = []
    for label in labels ?? [] { tables.append(littleEndian: UInt32(label)) }
    for factor in factors {
      for value in factor.values { tables.append(littleEndian: value.bitPattern) }
    }
    var header = header
    header.checksums =
      try Checksums.of(pixels, blockSize: PreparedHeader.blockSize, threads: threads)
      + tables.withUnsafeBytes {
        try Checksums.of($0, blockSize: PreparedHeader.blockSize, threads: threads)
      }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = [UInt8](try encoder.encode(header))
    var bytes = tables + json + magic
    bytes.append(littleEndian: UInt64(json.count))
    bytes.append(littleEndian: checksum(json))
    bytes.append(littleEndian: UInt32(0))
    return bytes
  }

  /// The header of the file at `path`; its pixels are not looked at.
  ///
  /// - Throws: `FileError` when the file is damaged or none of ours.
  static func header(_ path: String) throws -> PreparedHeader {
    let file = try RandomAccessFile(path)
    let end = file.stamp.size
    guard end >= footerLength else { throw damage(path) }
    let footer = try file.read(footerLength, at: end - footerLength)
    let length = try headerLength(footer, before: end, path)
    let bytes = try file.read(length + footerLength, at: end - footerLength - length)
    return try bytes.withUnsafeBytes { try header(of: $0, path).header }
  }

  /// The images in the file at `path`, every byte verified.
  ///
  /// - Throws: `FileError` when the file is damaged or none of ours, `DataSetError` when its parts
  ///   do not fit each other.
  static func images(_ path: String, threads: Int?) throws -> (PreparedHeader, LabeledImages) {
    let file = try MappedFile(path)
    let (header, contents) = try header(of: file.bytes, path)
    let shape = header.imageShape
    try shape.validate()
    let imageLength = header.encoding.byteCount(valueCount: shape.valueCount)
    let tableLength = (header.hasLabels ? 4 : 0) + 8 * header.factors.count
    let (total, overflows) = header.count.multipliedReportingOverflow(
      by: imageLength + tableLength)
    guard header.count > 0, !overflows, total == contents.count else { throw damage(path) }
    let pixels = contents[..<(header.count * imageLength)]
    var tables = contents[pixels.endIndex...]
    let checksums =
      try Checksums.of(
        UnsafeRawBufferPointer(rebasing: pixels), blockSize: PreparedHeader.blockSize,
        threads: threads)
      + Checksums.of(
        UnsafeRawBufferPointer(rebasing: tables), blockSize: PreparedHeader.blockSize,
        threads: threads)
    guard checksums == header.checksums else { throw damage(path) }
    let labels = header.hasLabels ? (0..<header.count).map { _ in Int(tables.takeUInt32()) } : nil
    guard labels?.allSatisfy({ header.classNames.indices.contains($0) }) ?? true else {
      throw damage(path)
    }
    let factors = header.factors.map { factor in
      KnownFactor(
        name: factor.name, unit: factor.unit,
        values: (0..<header.count).map { _ in Double(bitPattern: tables.takeUInt64()) })
    }
    let storage = PixelStorage(
      file, 0..<pixels.count, encoding: header.encoding, valueCount: shape.valueCount)
    return (
      header,
      LabeledImages(
        name: header.name, part: header.part, origin: header.origin, imageShape: shape,
        count: header.count, labels: labels, classNames: header.classNames, factors: factors,
        preparation: header.report, pixels: storage, positions: nil)
    )
  }

  /// The header, and the bytes before it.
  private static func header(
    of bytes: UnsafeRawBufferPointer, _ path: String
  ) throws -> (header: PreparedHeader, contents: UnsafeRawBufferPointer) {
    guard bytes.count >= footerLength else { throw damage(path) }
    let footer = [UInt8](bytes[(bytes.count - footerLength)...])
    let length = try headerLength(footer, before: bytes.count, path)
    let start = bytes.count - footerLength - length
    let json = [UInt8](bytes[start..<bytes.count - footerLength])
    let expected = footer[16..<20].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard checksum(json) == expected,
      let header = try? JSONDecoder().decode(PreparedHeader.self, from: Data(json))
    else { throw damage(path) }
    return (header, UnsafeRawBufferPointer(rebasing: bytes[..<start]))
  }

  /// The length of the header by the file's last bytes, which lies within the `size` bytes of the file.
  private static func headerLength(_ footer: [UInt8], before size: Int, _ path: String) throws
    -> Int
  {
    guard footer.count == footerLength, footer.starts(with: magic),
      footer[20...].allSatisfy({ $0 == 0 })
    else { throw damage(path) }
    let length = footer[8..<16].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= headerLimit, Int(length) <= size - footerLength else { throw damage(path) }
    return Int(length)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }

  private static func damage(_ path: String) -> FileError {
    FileError(path, "is damaged; remove it")
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// The next number, which is there.
  fileprivate mutating func takeUInt32() -> UInt32 {
    defer { self = dropFirst(4) }
    return UInt32(littleEndian: base.loadUnaligned(fromByteOffset: startIndex, as: UInt32.self))
  }

  /// The next number, which is there.
  fileprivate mutating func takeUInt64() -> UInt64 {
    defer { self = dropFirst(8) }
    return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: startIndex, as: UInt64.self))
  }
}
