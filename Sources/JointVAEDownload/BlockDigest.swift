/// A hash function that takes its message in blocks of 64 bytes, the last padded with a bit, zeros
/// and the message's length.
///
/// Ours, because a cryptography package would take longer to build than all of this one, for two
/// functions that show at once in a test whether they are right.
protocol BlockDigest {
  /// Whether words and the length are written with their highest byte first.
  static var isBigEndian: Bool { get }
  /// Of no message yet.
  init()
  /// Takes the next 64 bytes.
  mutating func compress(_ block: UnsafeRawBufferPointer)
  /// The digest of the blocks so far, as bytes.
  var bytes: [UInt8] { get }
}

/// The digest of a message that comes in pieces of any length.
struct StreamedDigest<Digest: BlockDigest> {
  private var digest = Digest()
  /// What was given of a block that is not full.
  private var rest: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// Takes the next piece of the message.
  mutating func update(_ piece: UnsafeRawBufferPointer) {
    byteCount += UInt64(piece.count)
    var piece = piece[...]
    if !rest.isEmpty {
      let missing = piece.prefix(64 - rest.count)
      rest += missing
      piece = piece.dropFirst(missing.count)
      guard rest.count == 64 else { return }
      rest.withUnsafeBytes { digest.compress($0) }
      rest = []
    }
    while piece.count >= 64 {
      digest.compress(UnsafeRawBufferPointer(rebasing: piece.prefix(64)))
      piece = piece.dropFirst(64)
    }
    rest = Array(piece)
  }

  /// The digest of the whole message, in hexadecimal.
  func hexadecimal() -> String {
    let zeros = (119 - Int(byteCount % 64)) % 64
    let bitCount = byteCount &* 8
    let length = withUnsafeBytes(
      of: Digest.isBigEndian ? bitCount.bigEndian : bitCount.littleEndian, Array.init)
    var last = self
    ([0x80] + [UInt8](repeating: 0, count: zeros) + length).withUnsafeBytes { last.update($0) }
    return last.digest.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
