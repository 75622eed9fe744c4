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

  /// Writes lines. A stream that is gone swallows them: losing progress must not end a run.
  ///
  /// What comes from files or arguments cannot control the terminal, nor fill it.
  package func write(_ text: String) { put(text.printableLines(limit: 4000)) }

  /// Writes `text` over the line that the cursor is in; it may have colors.
  ///
  /// - Parameter text: without names that come from files or arguments, unless they are printable.
  package func rewriteLine(_ text: String = "") { put("\r\u{1B}[2K" + text) }

  private func put(_ text: String) {
    try? Array(text.utf8).withUnsafeBytes { try writeAll($0, to: descriptor) }
  }
}
