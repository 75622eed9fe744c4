import JointVAEFiles
import Testing

/// Protocol Buffers, by the examples of their own documentation.
@Suite("The wire format") struct WireFormatTests {
  @Test("writes integers, texts, messages and numbers as documented")
  func known() {
    var writer = WireWriter()
    writer.integer(1, 150)
    #expect(writer.bytes == [0x08, 0x96, 0x01])
    writer = WireWriter()
    writer.text(2, "testing")
    #expect(writer.bytes == [0x12, 0x07] + Array("testing".utf8))
    writer = WireWriter()
    writer.message(3) { $0.integer(1, 150) }
    #expect(writer.bytes == [0x1a, 0x03, 0x08, 0x96, 0x01])
    writer = WireWriter()
    writer.integer(1, -1)
    #expect(writer.bytes == [0x08] + Array(repeating: 0xff, count: 9) + [0x01])
    writer = WireWriter()
    writer.float(16, 1)
    writer.double(1, 1)
    writer.doubles(2, [2])
    #expect(
      writer.bytes == [0x85, 0x01, 0, 0, 0x80, 0x3f, 0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
        + [0x12, 8, 0, 0, 0, 0, 0, 0, 0, 0x40])
  }

  @Test("is read back", arguments: [0, 1, 127, 128, -1, .max, .min])
  func roundTrip(value: Int) throws {
    var writer = WireWriter()
    writer.integers(7, [value, 3])
    writer.text(1, "ü")
    writer.float(2, -2.5)
    writer.double(3, 1e300)
    var reader = WireReader(writer.bytes[...])
    #expect(try reader.next()?.integer() == value)
    #expect(try reader.next()?.integer() == 3)
    #expect(try reader.next()?.text() == "ü")
    #expect(try reader.next()?.float() == -2.5)
    let last = try #require(try reader.next())
    #expect(last.number == 3)
    #expect(try last.double() == 1e300)
    #expect(throws: WireError.self) { try last.integer() }
    #expect(try reader.next() == nil)
  }

  @Test(
    "that is cut off, too long or of an unknown kind is refused",
    arguments: [
      [0x08], [0x08, 0x80], [0x12, 5, 1], [0x0b, 1], [0x00, 1], [0x0d, 1, 2, 3],
      [0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
      [0x08] + Array(repeating: 0x80, count: 10) + [1],
    ] as [[UInt8]])
  func malformed(bytes: [UInt8]) {
    var reader = WireReader(bytes[...])
    #expect(throws: WireError.self) { try reader.next() }
  }

  @Test("texts that are no UTF-8 are refused")
  func text() throws {
    var reader = WireReader([0x0a, 1, 0xff])
    let field = try #require(try reader.next())
    #expect(throws: WireError.self) { try field.text() }
  }

  @Test("Checksums of the standards' own examples")
  func checksums() {
    func sum(_ polynomial: CRC32.Polynomial, _ bytes: [UInt8]) -> UInt32 {
      bytes.withUnsafeBytes { CRC32(polynomial)($0) }
    }
    let digits = Array("123456789".utf8)
    #expect(sum(.iso3309, digits) == 0xcbf4_3926)
    #expect(sum(.castagnoli, digits) == 0xe306_9283)
    // RFC 3720, B.4.
    #expect(sum(.castagnoli, Array(repeating: 0, count: 32)) == 0x8a91_36aa)
    #expect(sum(.castagnoli, Array(repeating: 0xff, count: 32)) == 0x62a8_ab43)
    #expect(sum(.castagnoli, Array(0..<32)) == 0x46dd_794e)
    #expect(CRC32.digits(0xab) == "000000ab")
  }
}
