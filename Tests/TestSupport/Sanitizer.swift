import Foundation

/// What a sanitizer changes for tests; see `make sanitize`.
package enum Sanitizer {
  /// Whether the tests and the program were built with one.
  package static let isOn = ProcessInfo.processInfo.environment.keys.contains {
    ["TSAN_OPTIONS", "ASAN_OPTIONS"].contains($0)
  }
}
