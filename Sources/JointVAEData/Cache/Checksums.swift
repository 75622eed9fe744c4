import JointVAEFiles
import CZlib

/// Checksums of long stretches of bytes, made by all cores.
enum Checksums {
  /// CRC-32 (as in gzip) of every `blockSize` of `bytes`, and of the shorter rest.
  static func of(_ bytes: UnsafeRawBufferPointer, blockSize: Int, threads: Int?) throws -> [UInt32]
  {
    let count = (bytes.count + blockSize - 1) / blockSize
    // Unsafe, as the compiler cannot see that no two jobs touch the same checksum.
    nonisolated(unsafe) let source = bytes
    return try [UInt32](filling: count) { buffer, initialized in
      nonisolated(unsafe) let checksums = buffer
      try ParallelLoop.run(count: count, threads: threads) { block in
        let end = min(source.count, (block + 1) * blockSize)
        let part = UnsafeRawBufferPointer(rebasing: source[block * blockSize..<end])
        let start = part.baseAddress?.assumingMemoryBound(to: UInt8.self)
        checksums[block] = UInt32(truncatingIfNeeded: crc32(0, start, UInt32(part.count)))
      }
      initialized = count
    }
  }
}
