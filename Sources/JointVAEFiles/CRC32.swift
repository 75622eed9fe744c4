/// A cyclic redundancy check of 32 bits.
///
/// Eight bytes a step, with a table for each place. Source: Kounavis and Berry, "A Systematic Approach to Building High
/// Performance, Software-based, CRC Generators", 2005.
package struct CRC32: Sendable {
  /// The polynomial of a check, its bits in reflected order.
  package enum Polynomial: Sendable {
    /// That of zip files, gzip and PNG (ISO 3309): 0xEDB88320.
    case iso3309
    /// Castagnoli's, as in iSCSI (RFC 3720) and TensorFlow's record files: 0x82F63B78.
    case castagnoli
  }

  /// The checksum of what was added.
  package private(set) var value: UInt32 = 0

  private let tables: [UInt32]

  /// The checksum of nothing yet.
  package init(_ polynomial: Polynomial = .iso3309) {
    switch polynomial {
    case .iso3309: tables = Self.iso3309
    case .castagnoli: tables = Self.castagnoli
    }
  }

  private static let iso3309 = tables(0xedb8_8320)
  private static let castagnoli = tables(0x82f6_3b78)

  /// What a byte does to the sum, by its value and by how many bytes follow it in its step.
  private static func tables(_ polynomial: UInt32) -> [UInt32] {
    var tables = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? polynomial : 0) }
    }
    for index in 256..<8 * 256 {
      let before = tables[index - 256]
      tables.append(before >> 8 ^ tables[Int(before & 255)])
    }
    return tables
  }

  /// Adds `bytes` to those before.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    value = tables.withUnsafeBufferPointer { tables in
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
  package func callAsFunction(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var whole = self
    whole.value = 0
    whole.add(bytes)
    return whole.value
  }

  /// The checksum as eight hexadecimal digits.
  package static func digits(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
