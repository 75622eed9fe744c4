import JointVAEFiles

/// The bytes of a CSV that were read and not used yet: at least a row at a time, never the whole
/// file.
final class CSVBuffer {
  /// The longest row that is read, in bytes: some 8 million pixels.
  static let longestRow = 1 << 24

  /// Whether nothing comes after `bytes`.
  private(set) var isAtEnd = false
  private let source: any ByteSource
  private var room: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0

  /// Reads from `source`.
  init(_ source: any ByteSource) {
    self.source = source
    // Fits the second-level cache, in which the bytes are then parsed.
    room = .allocate(byteCount: 1 << 18, alignment: 64)
  }

  deinit { room.deallocate() }

  /// What was read and not used. Valid until `readMore`.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(UnsafeMutableRawBufferPointer(rebasing: room[start..<end]))
  }

  /// Leaves out the first `count` of `bytes`.
  func skip(_ count: Int) {
    precondition(count <= end - start, "there are fewer bytes")
    start += count
  }

  /// Puts more bytes behind `bytes`, unless the file is at its end.
  ///
  /// - Parameter line: the line that `bytes` begin in, for messages.
  /// - Throws: `FileError` when the file cannot be read, or the row that `bytes` begin with is
  ///   longer than `longestRow`.
  func readMore(line: Int) throws {
    if start > 0 {
      room.copyMemory(from: bytes)
      (start, end) = (0, end - start)
    }
    if end == room.count {
      guard room.count < Self.longestRow else {
        throw FileError(
          source.path,
          "has a row of more than \(Self.longestRow) bytes at line \(line); expected one image a "
            + "row, all quotes closed")
      }
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * room.count, alignment: 64)
      larger.copyMemory(from: bytes)
      room.deallocate()
      room = larger
    }
    let count = try source.fill(UnsafeMutableRawBufferPointer(rebasing: room[end...]))
    isAtEnd = end + count < room.count
    end += count
  }
}
