import Foundation
import JointVAEFiles

/// Keeps a second program from training in the same run folder, until it is let go.
///
/// The operating system frees the lock of a program that ends, however it ends.
public struct RunLock: ~Copyable {
  private let descriptor: Int32

  /// Locks the folder.
  /// - Throws: `FileError` when another program holds it or it cannot be opened.
  public init(_ folder: RunFolder) throws {
    descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileError(folder.path, "cannot be opened: \(systemReason())")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason =
        errno == EWOULDBLOCK
        ? "is being trained by another program; wait for it or stop it"
        : "cannot be locked: \(systemReason())"
      close(descriptor)
      throw FileError(folder.path, reason)
    }
  }

  deinit { unlockAndClose(descriptor) }
}
