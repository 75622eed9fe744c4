import JointVAEImages

/// Images of one size that come one after the other, resized while the next ones are read.
///
/// Only the results and two pieces of a stream are in memory at a time, so that a packed file needs
/// no room unpacked.
struct ImageStream: Sendable {
  /// From the size they come in to the size wanted.
  let resizer: BilinearResizer
  /// How many there are.
  let count: Int

  /// Reads and resizes all images.
  ///
  /// - Parameters:
  ///   - threads: nil for one a core.
  ///   - read: fills its buffer with the images from a number on; called in order, by one thread at
  ///     a time.
  /// - Returns: `[image, y, x, channel]`.
  /// - Throws: what `read` throws.
  func prepared(
    threads: Int? = nil,
    read: @Sendable (_ first: Int, _ buffer: UnsafeMutableRawBufferPointer) throws -> Void
  ) throws -> [UInt8] {
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: 2 * imagesPerPiece * resizer.sourceCount, alignment: 64)
    defer { room.deallocate() }
    // Unsafe, as the compiler cannot see that no two jobs touch the same images.
    nonisolated(unsafe) let pieces = room
    let total = count * resizer.destinationCount
    return try [UInt8](unsafeUninitializedCapacity: total) { buffer, initialized in
      nonisolated(unsafe) let images = UnsafeMutableBufferPointer(rebasing: buffer[..<total])
      try read(0, piece(from: 0, in: pieces))
      for start in stride(from: 0, to: count, by: imagesPerPiece) {
        let next = start + imagesPerPiece
        try ParallelLoop.run(count: 1 + blocksPerPiece, threads: threads) { job in
          // The first job reads on, as unpacking cannot be shared; the others resize what was read
          // before.
          if job > 0 {
            resize(block: job - 1, of: piece(from: start, in: pieces), from: start, to: images)
          } else if next < count {
            try read(next, piece(from: next, in: pieces))
          }
        }
      }
      initialized = total
    }
  }

  /// Images of a piece: many, so that handing it out costs nothing; few enough to stay in the
  /// cache.
  private var imagesPerPiece: Int { max(1, min(count, (1 << 20) / resizer.sourceCount)) }

  /// Jobs of resizing that a piece is shared out in.
  private var blocksPerPiece: Int { min(imagesPerPiece, 16) }

  /// The bytes of the piece that begins with image `start`: one half of `room`, then the other.
  private func piece(
    from start: Int, in room: UnsafeMutableRawBufferPointer
  ) -> UnsafeMutableRawBufferPointer {
    let length = min(imagesPerPiece, count - start) * resizer.sourceCount
    let place = start / imagesPerPiece % 2 * imagesPerPiece * resizer.sourceCount
    return UnsafeMutableRawBufferPointer(rebasing: room[place..<place + length])
  }

  private func resize(
    block: Int, of piece: UnsafeMutableRawBufferPointer, from start: Int,
    to images: UnsafeMutableBufferPointer<UInt8>
  ) {
    let pieceCount = piece.count / resizer.sourceCount
    let first = pieceCount * block / blocksPerPiece
    let end = pieceCount * (block + 1) / blocksPerPiece
    let source = piece[first * resizer.sourceCount..<end * resizer.sourceCount]
    let destination = images[
      (start + first) * resizer.destinationCount..<(start + end) * resizer.destinationCount]
    resizer.resize(
      UnsafeBufferPointer(
        UnsafeMutableRawBufferPointer(rebasing: source).assumingMemoryBound(to: UInt8.self)),
      to: UnsafeMutableBufferPointer(rebasing: destination))
  }
}
