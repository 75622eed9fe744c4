/// What the bytes of a file are known by: a digest in lower-case hexadecimal.
public enum Checksum: Hashable, Sendable {
  /// 64 digits.
  case sha256(String)
  /// 32 digits. Detects damage, not malice; for files of which nothing better is published.
  case md5(String)

  /// The name of the function, for people.
  public var name: String {
    switch self {
    case .sha256: "SHA-256"
    case .md5: "MD5"
    }
  }

  /// The digest.
  public var digest: String {
    switch self {
    case .sha256(let digest), .md5(let digest): digest
    }
  }

  /// The digest, of this kind, of the bytes that `read` gives piece by piece.
  ///
  /// - Parameter read: fills its buffer with the next bytes and returns how many; 0 at the end.
  func digest(
    _ read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) rethrows -> String {
    switch self {
    case .sha256: try Self.digest(StreamedDigest<SHA256>(), read)
    case .md5: try Self.digest(StreamedDigest<MD5>(), read)
    }
  }

  private static func digest<Digest: BlockDigest>(
    _ digest: StreamedDigest<Digest>, _ read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) rethrows -> String {
    var digest = digest
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { piece.deallocate() }
    while case let count = try read(piece), count > 0 {
      digest.update(UnsafeRawBufferPointer(rebasing: piece.prefix(count)))
    }
    return digest.hexadecimal()
  }

  /// The digest, of this kind, of `bytes`.
  package func digest(of bytes: [UInt8]) -> String {
    var place = 0
    return digest { buffer in
      let count = min(buffer.count, bytes.count - place)
      buffer.copyBytes(from: bytes[place..<place + count])
      place += count
      return count
    }
  }
}
