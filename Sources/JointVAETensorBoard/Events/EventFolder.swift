import Foundation
import JointVAEFiles

/// A folder of event files: one a start of a run, in the order of their names.
///
/// A start that goes on begins a file of its own. A TensorBoard that is watching then sees that it must forget what was
/// written after the last checkpoint, which is cut off the files before.
struct EventFolder {
  /// The folder.
  let path: String

  private static let prefix = "events.out.tfevents."
  private static let suffix = ".jointvae"
  /// Bytes beyond which a file is none of ours.
  private static let sizeLimit = 1 << 31

  init(_ path: String) { self.path = path }

  /// The event files, ours and those of other programs.
  var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasPrefix(Self.prefix) && !$0.hasSuffix(TemporaryFile.suffix) }
      .sorted()
  }

  /// The text that the first event with one holds, by which the run is known; nil without event files.
  /// - Throws: `FileError` for event files that another program wrote, or without such a text.
  func identity() throws -> String? {
    let files = files
    if let stranger = files.first(where: { !$0.hasSuffix(Self.suffix) }) {
      throw FileError(
        "\(path)/\(stranger)", "is an event file of another program; choose another folder")
    }
    guard let first = files.first else { return nil }
    for event in try read(first).outlines {
      if let text = event.text { return text }
    }
    throw FileError(
      "\(path)/\(first)", "does not name the run it is of; remove it, or choose another folder")
  }

  /// Removes all that was written after `step`, what ended a run at it, and records that were cut off.
  ///
  /// - Returns: the last step that is left for each tag.
  /// - Throws: `FileError` for a file that cannot be read or cut.
  func cut(after step: Int) throws -> [String: Int] {
    var last: [String: Int] = [:]
    var isCut = false
    for name in files {
      let file = "\(path)/\(name)"
      guard !isCut else {
        try AtomicFile.remove(file)
        continue
      }
      let (records, outlines, length) = try read(name)
      let kept = outlines.prefix {
        $0.step <= step && !$0.tags.contains(HyperParameters.endTag)
      }
      isCut = kept.count < outlines.count
      let end = kept.isEmpty ? 0 : RecordFile.end(of: records[kept.count - 1])
      if end == 0 {
        try AtomicFile.remove(file)
      } else if end < length {
        try EventFile.cut(file, to: end)
      }
      for event in kept {
        for tag in event.tags { last[tag] = max(last[tag] ?? 0, event.step) }
      }
    }
    return last
  }

  /// Removes all event files.
  /// - Throws: `FileError` for one that cannot be removed.
  func clear(but kept: String? = nil) throws {
    for name in files where name != kept { try AtomicFile.remove("\(path)/\(name)") }
  }

  /// The name of the next file: by the time in seconds, and behind all others.
  func nextName(time: Double) -> String {
    let last =
      files.last.flatMap {
        Int($0.dropFirst(Self.prefix.count).prefix { $0.isASCII && $0.isNumber })
      } ?? 0
    let seconds = "\(max(Int(time), last + 1))"
    let zeros = String(repeating: "0", count: max(0, 10 - seconds.count))
    return "\(Self.prefix)\(zeros)\(seconds)\(Self.suffix)"
  }

  private func read(
    _ name: String
  ) throws -> (records: [Range<Int>], outlines: [EventOutline], length: Int) {
    let file = "\(path)/\(name)"
    let bytes = try BoundedFile.read(file, limit: Self.sizeLimit)
    let records = RecordFile.records(in: bytes)
    do throws(WireError) {
      var outlines: [EventOutline] = []
      for record in records { outlines.append(try EventOutline(bytes[record])) }
      return (records, outlines, bytes.count)
    } catch { throw FileError(file, "is no event file: it \(error.problem)") }
  }
}
