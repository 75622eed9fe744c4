import Foundation

/// Bytes of a mapped file that cannot be had any more: another program cut the file off, or its disk is gone.
///
/// The system sends SIGBUS to a program that touches such bytes. `MappedFile` maps only files that are too large to be
/// copied, so that this is rare, but a user is to know why a training ended.
enum MappingFault {
  /// Ends the program with an error in place of the signal.
  static func report() {
    // A handler may call little more than write and _exit.
    signal(SIGBUS) { _ in
      let message: StaticString = """
        Error: a file that the program reads from the disk was cut off or cannot be read; most likely a cached data set. \
        Empty the cache with jointvae data cache --clear, and go on with --resume.

        """
      _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
      _exit(EXIT_FAILURE)
    }
  }
}
