import CZlib

struct PackingFailed: Error {}

/// `bytes` as one gzip stream, packed by zlib.
func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  guard
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else { throw PackingFailed() }
  defer { deflateEnd(&stream) }
  var input = bytes
  let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
  return try [UInt8](unsafeUninitializedCapacity: capacity) { packed, count in
    try input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = packed.baseAddress
      stream.avail_out = UInt32(capacity)
      guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { throw PackingFailed() }
    }
    count = capacity - Int(stream.avail_out)
  }
}
