import JointVAEDownload
import TestSupport
import Testing

@Suite("Checksums")
struct ChecksumTests {
  @Test("are those of the standards' examples")
  func examples() {
    // FIPS 180-4's examples as NIST publishes them, then RFC 1321's test suite.
    let sha256 = [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ]
    for (text, digest) in sha256 {
      #expect(Checksum.sha256("").digest(of: Array(text.utf8)) == digest)
    }
    let md5 = [
      ("", "d41d8cd98f00b204e9800998ecf8427e"),
      ("abc", "900150983cd24fb0d6963f7d28e17f72"),
      ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
    ]
    for (text, digest) in md5 {
      #expect(Checksum.md5("").digest(of: Array(text.utf8)) == digest)
    }
  }

  @Test("of a million letters are the standard's")
  func million() {
    #expect(
      Checksum.sha256("").digest(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(
    "of messages of every length are Python's",
    .enabled(if: Python.has("hashlib"), "no python3"))
  func lengths() throws {
    let script = """
      import hashlib
      for n in range(300):
          b = bytes((i * 7 + n) % 256 for i in range(n))
          print(hashlib.sha256(b).hexdigest(), hashlib.md5(b).hexdigest())
      """
    let lines = try Python.run(["-c", script]).text.split(separator: "\n")
    try #require(lines.count == 300)
    for length in 0..<300 {
      let bytes = (0..<length).map { UInt8(($0 * 7 + length) % 256) }
      #expect(
        "\(Checksum.sha256("").digest(of: bytes)) \(Checksum.md5("").digest(of: bytes))"
          == lines[length])
    }
  }
}
