import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

@Suite("The checksum of a safetensors file")
struct SafetensorsChecksumTests {
  private static let contents = Safetensors(
    tensors: [
      NamedTensor(name: "w", shape: [3], floats: [1, -0.5, 0]),
      NamedTensor(name: "n", shape: [], elements: .int64([7])),
    ], metadata: ["note": "a \"jointvae.crc32\":\"00000000\" b"])

  /// The bytes of a file with these contents.
  private func bytes(
    _ contents: Safetensors = contents, _ precision: FloatPrecision = .single,
    hasChecksum: Bool = true
  ) throws -> [UInt8] {
    try withTemporaryFolder { folder in
      try contents.write(to: "\(folder)/x", precision: precision, hasChecksum: hasChecksum)
      return try BoundedFile.read("\(folder)/x", limit: 1 << 20)
    }
  }

  @Test("is not part of what is read, and is the same each time", arguments: [true, false])
  func roundTrip(isHalf: Bool) throws {
    let whole = try bytes(Self.contents, isHalf ? .half : .single)
    let read = try Safetensors(bytes: whole, named: "x")
    #expect(read.metadata == Self.contents.metadata)
    #expect(try bytes(read, isHalf ? .half : .single) == whole)
  }

  @Test("is the CRC-32 of the file with zeros in place of its digits")
  func value() throws {
    let whole = try bytes()
    let mark = Array(#"{"jointvae.crc32":""#.utf8)
    let start = try #require(whole.indices.first { whole[$0...].starts(with: mark) })
    let place = start + mark.count
    let digits = String(decoding: whole[place..<place + 8], as: UTF8.self)
    var zeroed = whole
    zeroed.replaceSubrange(place..<place + 8, with: "00000000".utf8)
    // ISO 3309, a bit at a time.
    let sum = ~zeroed.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in
        rest >> 1 ^ (rest & 1 == 1 ? 0xedb8_8320 : 0)
      }
    }
    #expect(UInt32(digits, radix: 16) == sum)
  }

  @Test("notices every bit that is flipped, in header, metadata and tensors, and names the file")
  func flips() throws {
    let whole = try bytes()
    for place in whole.indices {
      for bit in 0..<8 {
        var damaged = whole
        damaged[place] ^= 1 << UInt8(bit)
        do {
          _ = try CheckpointFile(bytes: damaged, named: "model.safetensors")
          Issue.record("bit \(bit) of byte \(place) of \(whole.count) went unnoticed")
        } catch let error as FileError {
          #expect(error.path == "model.safetensors")
        }
      }
    }
  }

  @Test("is named when it disagrees, and when half of it is missing")
  func words() throws {
    var damaged = try bytes()
    damaged[damaged.count - 1] ^= 1
    let error = #expect(throws: FileError.self) { try Safetensors(bytes: damaged, named: "x") }
    #expect(error?.problem.hasPrefix("is damaged: its bytes have the checksum ") == true)
    #expect(error?.problem.hasSuffix("; restore it from a copy") == true)
    let header = #"{"__metadata__":{"jointvae.crc32.of":"x"}}"#
    #expect(
      throws: FileError(
        "x", "is damaged: half of its checksum is missing; restore it from a copy")
    ) { try Safetensors(bytes: safetensorsBytes(header), named: "x") }
  }

  @Test("is not asked of files that others wrote, or earlier versions")
  func without() throws {
    let plain = try bytes(hasChecksum: false)
    #expect(!String(decoding: plain, as: UTF8.self).contains(#""jointvae.crc32":"#))
    #expect(try Safetensors(bytes: plain, named: "x").metadata == Self.contents.metadata)
  }

  @Test("has its keys for itself")
  func reserved() throws {
    let contents = Safetensors(tensors: [], metadata: ["jointvae.crc32": "x"])
    try withTemporaryFolder { folder in
      #expect(
        throws: FileError(
          "\(folder)/x", "cannot have jointvae.crc32 in its metadata, which is for its checksum")
      ) { try contents.write(to: "\(folder)/x") }
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }
}
