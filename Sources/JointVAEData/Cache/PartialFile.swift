import CLibrary
import JointVAEFiles

/// A file of the cache that is being made; removed unless it is published.
final class PartialFile: Sendable {
  /// The name it is published under.
  let target: String
  private let file: TemporaryFile

  /// Makes an empty file beside `target`; its folder must exist.
  ///
  /// Two processes, and two threads of one, that make the same file get one each.
  /// - Throws: `CacheError` when it cannot be made.
  init(for target: String) throws {
    self.target = target
    do {
      file = try TemporaryFile(beside: target, for: target)
    } catch let error as FileError {
      throw CacheError(cause: error)
    }
  }

  private var descriptor: Int32 { file.descriptor }

  /// Writes `bytes` where the file's byte `offset` is or shall be; any thread may, at any time.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    do {
      try writeAll(bytes, to: descriptor, at: offset)
    } catch {
      throw failure("cannot be written: \(error.reason)")
    }
  }

  /// Makes the file `length` bytes long.
  func setLength(_ length: Int) throws {
    guard ftruncate(descriptor, off_t(length)) == 0 else {
      throw failure("cannot be written: \(systemReason())")
    }
  }

  /// Calls `body` with the first `length` bytes, to read and to change.
  func withBytes<Result>(
    _ length: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) throws -> Result {
    guard length > 0 else { return try body(UnsafeMutableRawBufferPointer(start: nil, count: 0)) }
    let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw failure("cannot be mapped: \(systemReason())")
    }
    defer { munmap(start, length) }
    return try body(UnsafeMutableRawBufferPointer(start: start, count: length))
  }

  /// Gives the file its name, in place of what stood there.
  ///
  /// It is not flushed to the disk first: readers verify the checksums of every byte, so a file
  /// that a power cut spoiled is made anew.
  func publish() throws {
    do { try file.putInPlace() } catch {
      throw failure("cannot be put in place: \(error.reason)")
    }
  }

  private func failure(_ problem: String) -> CacheError {
    CacheError(cause: FileError(target, problem))
  }
}
