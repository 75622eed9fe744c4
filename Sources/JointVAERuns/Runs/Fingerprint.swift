import JointVAE

/// A checksum of images. It detects other images by accident, not by malice.
package enum Fingerprint {
  /// Images read at a time.
  private static let blockSize = 1024

  /// 16 hexadecimal digits of the number, the shape and every byte of the images.
  ///
  /// Each 8 bytes are mixed in as SplitMix64 mixes its state (Steele, Lea and Flood 2014).
  package static func of(_ images: some ImageSource) -> String {
    let size = images.imageShape.size
    var hash = mix(
      UInt64(images.count),
      size.isSquare ? UInt64(size.height) : UInt64(size.height) << 32 | UInt64(size.width))
    hash = mix(hash, UInt64(images.imageShape.channels))
    let indices = Array(0..<images.count)
    let capacity = Self.blockSize * images.imageShape.valueCount
    var words = [UInt64](repeating: 0, count: (capacity + 7) / 8)
    for start in stride(from: 0, to: images.count, by: Self.blockSize) {
      let block = indices[start..<min(start + Self.blockSize, images.count)]
      let byteCount = block.count * images.imageShape.valueCount
      words.withUnsafeMutableBytes { words in
        words.withMemoryRebound(to: UInt8.self) { bytes in
          let destination = UnsafeMutableBufferPointer(rebasing: bytes[..<byteCount])
          images.copyImages(at: block, to: destination)
          // The last word may end with zeros.
          for place in byteCount..<(byteCount + 7) / 8 * 8 { bytes[place] = 0 }
        }
      }
      for word in words[..<((byteCount + 7) / 8)] { hash = mix(hash, UInt64(littleEndian: word)) }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    var value = (hash ^ word) &+ 0x9e37_79b9_7f4a_7c15
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
