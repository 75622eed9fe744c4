import JointVAEFiles

/// The bytes of a tar archive on the way from its start to its end.
protocol TarInput {
  /// Bytes read or skipped.
  var position: Int { get }
  /// The next `count` bytes, or fewer at the end.
  mutating func read(_ count: Int) throws -> [UInt8]
  /// Goes past `count` bytes.
  ///
  /// - Returns: false when there are not as many.
  mutating func skip(_ count: Int) throws -> Bool
  /// Goes to the end, where that verifies something.
  mutating func finish() throws
}

/// A plain tar archive: contents are not even read to skip them.
struct PlainTarInput: TarInput {
  /// The archive.
  let file: RandomAccessFile
  private(set) var position = 0

  init(_ file: RandomAccessFile) { self.file = file }

  mutating func read(_ count: Int) throws -> [UInt8] {
    let bytes = try file.read(min(count, file.stamp.size - position), at: position)
    position += bytes.count
    return bytes
  }

  mutating func skip(_ count: Int) throws -> Bool {
    guard count <= file.stamp.size - position else { return false }
    position += count
    return true
  }

  func finish() {}
}

/// A packed tar archive, unpacked to skip it.
struct PackedTarInput: TarInput {
  /// The archive, for messages.
  var path: String { source.path }
  private let source: GzipBytes
  private let limits: CollectionLimits
  private var scratch = [UInt8](repeating: 0, count: 1 << 16)
  private(set) var position = 0

  /// Unpacks the file at `path`.
  /// - Throws: `FileError` when it cannot be opened.
  init(_ path: String, _ limits: CollectionLimits) throws {
    source = try GzipBytes(FileBytes(path))
    self.limits = limits
  }

  mutating func read(_ count: Int) throws -> [UInt8] {
    let bytes = try source.next(min(count, source.largestByteCount))
    try advance(bytes.count)
    return bytes
  }

  /// Copies the next bytes to the start of `buffer` and returns how many; 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    try advance(count)
    return count
  }

  mutating func skip(_ count: Int) throws -> Bool {
    var rest = count
    while rest > 0 {
      let got = try scratch.withUnsafeMutableBytes {
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0.prefix(rest)))
      }
      guard got > 0 else { return false }
      try advance(got)
      rest -= got
    }
    return true
  }

  /// Reads on to the end of the gzip stream, where its checksum is.
  mutating func finish() throws {
    while try skip(scratch.count) {}
  }

  private mutating func advance(_ count: Int) throws {
    position += count
    guard position <= limits.totalByteCount else {
      throw FileError(
        source.path,
        "unpacks to more than \(limits.totalByteCount) bytes; unpack it and pass the folder")
    }
  }
}
