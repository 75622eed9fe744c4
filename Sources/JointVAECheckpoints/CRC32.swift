/// The cyclic redundancy check of zip files, gzip and PNG (ISO 3309: reflected polynomial 0xEDB88320).
///
/// Eight bytes a step, with a table for each place. Source: Kounavis and Berry, "A Systematic Approach to Building High
/// Performance, Software-based, CRC Generators", 2005.
struct CRC32 {
  /// The checksum of what was added.
  private(set) var value: UInt32 = 0

  /// What a byte does to the sum, by its value and by how many bytes follow it in its step.
  private static let tables: [UInt32] = {
    var tables = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    for index in 256..<8 * 256 {
      let before = tables[index - 256]
      tables.append(before >> 8 ^ tables[Int(before & 255)])
    }
    return tables
  }()

  /// Adds `bytes` to those before.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    value = Self.tables.withUnsafeBufferPointer { tables in
      var sum = ~value
      var place = 0
      while bytes.count - place >= 8 {
        let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
        var rest = word ^ UInt64(sum)
        sum = 0
        var table = 7 * 256
        while table >= 0 {
          sum ^= tables[table + Int(rest & 255)]
          rest >>= 8
          table -= 256
        }
        place += 8
      }
      while place < bytes.count {
        sum = sum >> 8 ^ tables[Int((sum ^ UInt32(bytes[place])) & 255)]
        place += 1
      }
      return ~sum
    }
  }

  /// The checksum of `bytes` alone.
  func callAsFunction(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var whole = CRC32()
    whole.add(bytes)
    return whole.value
  }
}
