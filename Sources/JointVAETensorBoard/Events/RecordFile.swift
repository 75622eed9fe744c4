import JointVAEFiles

/// The framing of TensorFlow's record files: a length, its checksum, the bytes, their checksum.
///
/// Lengths are 64-bit and checksums 32-bit little-endian numbers. A checksum is a CRC-32C, rotated and moved by a constant,
/// as tensorflow/core/lib/hash/crc32c.h masks it.
package enum RecordFile {
  /// `payload` with what stands around it.
  package static func framed(_ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payload.count + overhead)
    withUnsafeBytes(of: UInt64(payload.count).littleEndian) { bytes += $0 }
    append(checksum(bytes), to: &bytes)
    bytes += payload
    append(checksum(payload), to: &bytes)
    return bytes
  }

  /// The whole records at the start of a file.
  ///
  /// A killed program leaves part of a record, and all that follows damage is lost.
  /// - Returns: where the contents of each record stand.
  package static func records(in bytes: [UInt8]) -> [Range<Int>] {
    var records: [Range<Int>] = []
    var place = 0
    while bytes.count - place >= overhead {
      let length = Array(bytes[place..<place + 8])
      guard number(bytes[place + 8..<place + 12]) == UInt64(checksum(length)),
        let count = Int(exactly: number(length[...])), count <= bytes.count - place - overhead
      else { break }
      let payload = place + 12..<place + 12 + count
      guard
        number(bytes[payload.upperBound..<payload.upperBound + 4])
          == UInt64(checksum(Array(bytes[payload])))
      else { break }
      records.append(payload)
      place = end(of: payload)
    }
    return records
  }

  /// Where the record of these contents ends.
  package static func end(of payload: Range<Int>) -> Int { payload.upperBound + 4 }

  /// The masked checksum of some bytes.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    let sum = bytes.withUnsafeBytes { CRC32(.castagnoli)($0) }
    return (sum >> 15 | sum << 17) &+ 0xa282_ead8
  }

  /// Bytes of a record besides its contents.
  private static let overhead = 16

  private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
