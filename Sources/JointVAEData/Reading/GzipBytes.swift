import CZlib
import JointVAEFiles

/// The unpacked bytes of a gzip file (RFC 1952), a little at a time, its checksums verified.
///
/// A file of several gzip streams one after the other unpacks to all their contents, as `gzip -d`
/// does it.
package final class GzipBytes: ByteSource {
  package let path: String
  package let largestByteCount: Int

  private let packed: any ByteSource
  private let input: UnsafeMutableRawBufferPointer
  /// On the heap, because zlib refuses a stream whose address changes.
  private let stream: UnsafeMutablePointer<z_stream>
  private var inputIsExhausted = false
  private var memberIsComplete = false
  private var memberNumber = 0
  private var unpackedCount = 0

  /// Unpacks `packed`.
  ///
  /// - Throws: `FileError` when there is no memory for zlib's window.
  package init(_ packed: any ByteSource) throws {
    self.packed = packed
    path = packed.path
    // Deflate's densest code is 258 bytes for 2 bits, 1032 to 1.
    let (count, overflows) = packed.largestByteCount.multipliedReportingOverflow(by: 1032)
    largestByteCount = overflows ? .max : count
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(byteCount: 1 << 18, alignment: 16)
    // 15 bits of window, 16 more to ask for the gzip wrapper.
    let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw FileError(path, "cannot be unpacked: zlib error \(code)") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    // zlib counts in 32 bits.
    let room = min(buffer.count, 1 << 30)
    guard room > 0 else { return 0 }
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out > 0 {
      if stream.pointee.avail_in == 0 { try refill() }
      if memberIsComplete {
        if stream.pointee.avail_in == 0 { break }
        startNextMember()
      }
      try inflateSome()
    }
    return room - Int(stream.pointee.avail_out)
  }

  private func refill() throws {
    guard !inputIsExhausted else { return }
    let count = try packed.read(into: input)
    inputIsExhausted = count == 0
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
  }

  private func startNextMember() {
    inflateReset(stream)
    memberIsComplete = false
    memberNumber += 1
  }

  private func inflateSome() throws {
    let room = stream.pointee.avail_out
    let code = inflate(stream, Z_NO_FLUSH)
    unpackedCount += Int(room - stream.pointee.avail_out)
    switch code {
    case Z_OK: break
    case Z_STREAM_END: memberIsComplete = true
    case Z_BUF_ERROR where isBeforeNextMember, Z_DATA_ERROR where isBeforeNextMember:
      throw FileError(
        path, "goes on after its gzip stream with bytes that are not a gzip stream; fetch it again")
    case Z_BUF_ERROR:
      throw FileError(
        path,
        "is a gzip file that ends early, after \(unpackedCount) unpacked bytes; fetch it again")
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)"
      throw FileError(
        path,
        "is a damaged gzip file: \(reason), after \(unpackedCount) unpacked bytes; fetch it again"
      )
    }
  }

  /// Whether what follows the first gzip stream has yielded nothing yet.
  private var isBeforeNextMember: Bool { memberNumber > 0 && stream.pointee.total_out == 0 }
}
