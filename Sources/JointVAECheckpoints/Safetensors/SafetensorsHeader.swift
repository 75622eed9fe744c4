import JointVAEFiles

/// The checked header of a safetensors file: after `init`, each entry's bytes exist and fit its shape, and the
/// entries cover the data from first to last byte without overlap.
struct SafetensorsHeader {
  struct Entry {
    var name: String
    var type: StoredType
    var shape: [Int]
    /// Where its numbers stand, from the start of the data.
    var bytes: Range<Int>
  }

  /// The tensors in the order of their data.
  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]
  /// Where the data starts in the file.
  let dataStart: Int

  /// Axes beyond which a shape is taken for damage.
  private static let rankLimit = 32

  /// Reads and checks the header of the file `bytes`.
  /// - Throws: `MalformedData`.
  init(fileBytes bytes: [UInt8]) throws {
    guard bytes.count >= 8 else {
      throw MalformedData(
        "is no safetensors file: it holds \(bytes.count) bytes; expected at least 8, the length of the header"
      )
    }
    let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Safetensors.headerLimit else {
      throw MalformedData(
        "is no safetensors file: its header claims \(length) bytes; expected at most \(Safetensors.headerLimit)"
      )
    }
    guard Int(length) <= bytes.count - 8 else {
      throw MalformedData(
        "ends early: its header claims \(length) bytes, and \(bytes.count - 8) follow; fetch or save the file again"
      )
    }
    dataStart = 8 + Int(length)
    do {
      try parse(bytes[8..<dataStart])
    } catch let error as MalformedData {
      throw MalformedData("has a header that cannot be read: \(error.problem)")
    }
    try checkLayout(dataCount: bytes.count - dataStart)
  }

  private mutating func parse(_ header: ArraySlice<UInt8>) throws {
    guard header.first == UInt8(ascii: "{") else {
      throw MalformedData("byte 0: expected \"{\", the start of a JSON object")
    }
    var reader = JSONReader(header)
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    try reader.readObject { reader, key in
      if key == Safetensors.metadataKey {
        try reader.readObject { reader, key in metadata[key] = try reader.readString() }
      } else {
        entries.append(try Self.readEntry(named: key, from: &reader))
      }
    }
    try reader.readEnd()
    self.entries = entries
    self.metadata = metadata
  }

  private static func readEntry(named name: String, from reader: inout JSONReader) throws -> Entry {
    var typeName: String?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.readObject { reader, key in
      switch key {
      case "dtype": typeName = try reader.readString()
      case "shape": shape = try readIntegers(from: &reader, limit: rankLimit, of: name)
      case "data_offsets": offsets = try readIntegers(from: &reader, limit: 2, of: name)
      default:
        throw MalformedData(
          "tensor \(name.quoted) has a field \(key.quoted); expected dtype, shape and data_offsets")
      }
    }
    guard let typeName, let shape, let offsets else {
      throw MalformedData(
        "tensor \(name.quoted) lacks one of dtype, shape and data_offsets")
    }
    guard let type = StoredType(safetensorsName: typeName) else {
      let known = StoredType.allCases.map(\.safetensorsName).joined(separator: ", ")
      throw MalformedData(
        "tensor \(name.quoted) has dtype \(typeName.quoted); expected one of \(known)")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw MalformedData(
        "tensor \(name.quoted) has data_offsets \(offsets); expected a start and an end not before it"
      )
    }
    let entry = Entry(name: name, type: type, shape: shape, bytes: offsets[0]..<offsets[1])
    guard let byteCount = TensorSize.byteCount(shape: shape, elementWidth: type.width) else {
      throw MalformedData("tensor \(name.quoted) has shape \(shape), more than memory can hold")
    }
    guard byteCount == entry.bytes.count else {
      throw MalformedData(
        "tensor \(name.quoted) has \(entry.bytes.count) bytes; "
          + "expected \(byteCount) for \(typeName) of shape \(shape)")
    }
    return entry
  }

  private static func readIntegers(
    from reader: inout JSONReader, limit: Int, of name: String
  ) throws -> [Int] {
    var values: [Int] = []
    try reader.readArray { reader in
      guard values.count < limit else {
        throw MalformedData("tensor \(name.quoted) has a list of more than \(limit) numbers")
      }
      values.append(try reader.readInteger())
    }
    return values
  }

  /// Sorts the entries by their data, and requires them to cover all of it once.
  private mutating func checkLayout(dataCount: Int) throws {
    entries.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    var end = 0
    var previous = "the header"
    for entry in entries {
      guard entry.bytes.upperBound <= dataCount else {
        throw MalformedData(
          "ends early or is damaged: tensor \(entry.name.quoted) stands at bytes \(entry.bytes) "
            + "of the data, which has \(dataCount); fetch or save the file again")
      }
      guard entry.bytes.lowerBound >= end else {
        throw MalformedData(
          "is damaged: tensors \(previous) and \(entry.name.quoted) overlap "
            + "at byte \(entry.bytes.lowerBound) of the data")
      }
      guard entry.bytes.lowerBound == end else {
        throw MalformedData(
          "is damaged: bytes \(end..<entry.bytes.lowerBound) of the data, "
            + "between \(previous) and \(entry.name.quoted), belong to no tensor")
      }
      end = entry.bytes.upperBound
      previous = entry.name.quoted
    }
    guard end == dataCount else {
      throw MalformedData(
        "is damaged: \(dataCount - end) bytes follow the last tensor; expected the end of the file")
    }
  }
}
