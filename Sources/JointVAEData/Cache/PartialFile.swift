import CLibrary
import JointVAEFiles

/// A file that is being made, under a name that no reader opens; removed unless it is published.
final class PartialFile: Sendable {
  /// What the names of such files end in.
  static let suffix = ".partial"

  /// The name it is published under.
  let target: String
  private let path: String
  private let descriptor: Int32

  /// Makes an empty file beside `target`; its folder must exist.
  ///
  /// Two processes, and two threads of one, that make the same file get one each.
  /// - Throws: `CacheError` when it cannot be made.
  init(for target: String) throws {
    for number in 0..<1000 {
      let path = "\(target).\(getpid())-\(number)\(Self.suffix)"
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor >= 0 {
        (self.target, self.path, self.descriptor) = (target, path, descriptor)
        return
      }
      guard errno == EEXIST else {
        throw CacheError(cause: FileError(target, "cannot be made: \(systemReason())"))
      }
    }
    throw CacheError(
      cause: FileError(target, "cannot be made: remove the files beside it that end in .partial"))
  }

  deinit {
    close(descriptor)
    // Gone already when it was published.
    unlink(path)
  }

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
    guard rename(path, target) == 0 else {
      throw failure("cannot be put in place: \(systemReason())")
    }
  }

  private func failure(_ problem: String) -> CacheError {
    CacheError(cause: FileError(target, problem))
  }
}
