import CLibrary
import JointVAEFiles

/// Wakes a thread that waits for descriptors.
struct WakePipe: ~Copyable {
  /// What the thread waits for.
  let descriptor: Int32
  private let input: Int32

  /// - Throws: `FileError` when the system has no descriptors left.
  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw FileError("live page", "cannot be served: \(systemReason())")
    }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (descriptor, input) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(input)
  }

  /// Wakes the thread, now or when it next waits. It never blocks: a pipe that is full wakes it, too.
  func ring() {
    var byte: UInt8 = 1
    _ = write(input, &byte, 1)
  }

  /// Takes all calls off the list.
  func clear() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }
}
