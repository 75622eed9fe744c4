import Foundation
import JointVAEFiles
import JointVAETensorBoard

/// Events of a folder as a stranger reads them: by the numbers of event.proto and summary.proto.
struct EventReader {
  /// Scalars by tag, in their order.
  var scalars: [String: [Scalar]] = [:]
  /// Steps of values that are no scalars, by tag.
  var others: [String: [Int]] = [:]

  struct Scalar: Equatable {
    var step: Int
    var value: Float
  }

  init(_ folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    for name in names where name.hasPrefix("events.out.tfevents.") {
      let bytes = try BoundedFile.read("\(folder)/\(name)", limit: 1 << 28)
      let records = RecordFile.records(in: bytes)
      for record in records { try read(bytes[record]) }
    }
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>) throws {
    var (reader, step) = (WireReader(bytes), 0)
    while let field = try reader.next() {
      if field.number == 2 { step = try field.integer() }
      guard field.number == 5 else { continue }
      var summary = try field.message()
      while let value = try summary.next() {
        var (message, tag, scalar): (WireReader, String, Float?) = (try value.message(), "", nil)
        while let part = try message.next() {
          if part.number == 1 { tag = try part.text() }
          if part.number == 2 { scalar = try part.float() }
        }
        if let scalar {
          scalars[tag, default: []].append(Scalar(step: step, value: scalar))
        } else {
          others[tag, default: []].append(step)
        }
      }
    }
  }
}
