import Foundation
import JointVAEFiles

/// A stream for people, usually standard error: what it can show, and writing to it.
package struct Terminal: Sendable {
  /// The stream.
  package let descriptor: Int32
  /// Whether lines can be rewritten: a terminal that is not `dumb`.
  package let isInteractive: Bool
  /// Whether it shows colors: an interactive terminal without `NO_COLOR` (no-color.org).
  package let usesColor: Bool
  private let columns: Int?

  /// The stream `descriptor` under `environment`, of which TERM, NO_COLOR and COLUMNS matter.
  package init(
    descriptor: Int32 = STDERR_FILENO,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
    usesColor = isInteractive && environment["NO_COLOR", default: ""].isEmpty
    columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Columns of a line now; a window may change its size at any time. 80 when it is not known.
  package var width: Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return columns ?? 80
  }

  /// Writes `text`. A stream that is gone swallows it: losing progress must not end a run.
  package func write(_ text: String) {
    try? Array(text.utf8).withUnsafeBytes { try writeAll($0, to: descriptor) }
  }
}
