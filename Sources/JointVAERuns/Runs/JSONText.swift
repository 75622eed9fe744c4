import Foundation
import JointVAEFiles

/// JSON as this package writes it: sorted keys, one value a line, a line feed at the end.
package enum JSONText {
  /// The text of `value`; the same value gives the same bytes.
  package static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// Writes `value` whole.
  /// - Throws: `FileError` naming the file and the system's reason.
  package static func write(_ value: some Encodable, to path: String) throws {
    try AtomicFile.write(try encode(value), to: path)
  }
}
