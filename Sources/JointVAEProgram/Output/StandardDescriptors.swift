import Foundation

/// The descriptors 0, 1 and 2, which a program takes for open.
enum StandardDescriptors {
  /// Opens the null device in place of those that are closed.
  ///
  /// The next file to be opened would get the number otherwise, and results or progress would be written into it.
  static func open() {
    for number in STDIN_FILENO...STDERR_FILENO
    where fcntl(number, F_GETFD) == -1 && errno == EBADF {
      // The lowest free number is this one. Where it cannot be had, no file is safe.
      guard Foundation.open("/dev/null", O_RDWR) == number else { _exit(EXIT_FAILURE) }
    }
  }
}
