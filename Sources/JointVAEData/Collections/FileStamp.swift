import CLibrary
import JointVAEFiles

/// What changes when a file is replaced or written to.
struct FileStamp: Equatable, Sendable {
  /// The file's length in bytes.
  let size: Int
  private let device: UInt64
  private let number: UInt64
  private let seconds: Int
  private let nanoseconds: Int

  /// The stamp of the file at `path`; nil when there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The stamp of the open file `descriptor`; nil when it cannot be examined.
  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    size = Int(status.st_size)
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    seconds = Int(time.tv_sec)
    nanoseconds = Int(time.tv_nsec)
  }

  /// Makes sure that the file at `path` still is the one this stamp was taken of.
  /// - Throws: `FileError` otherwise.
  func checkUnchanged(_ path: String) throws {
    guard FileStamp(path) == self else {
      throw FileError(path, "was changed, replaced or removed while it was read; run this again")
    }
  }
}
