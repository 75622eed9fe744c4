import JointVAEImages

/// Images of one size that come one after the other, prepared while the next ones are read.
///
/// Only two pieces of what is read are in memory at a time, so that a packed file needs no room
/// unpacked.
struct ArrayPreparation: Sendable {
  let preparer: ImagePreparer
  /// Width, height and channels of the images that are read.
  let width: Int
  let height: Int
  let channels: Int
  /// Nil for one a core.
  let threads: Int?

  /// Images of a piece: many, so that handing it out costs nothing; few enough to stay in the
  /// cache.
  private var pieceLimit: Int { max(1, (1 << 20) / sourceCount) }
  /// Values of an image that is read.
  private var sourceCount: Int { width * height * channels }
  /// Jobs of preparing that a piece is shared out in.
  private static let blockCount = 16

  /// Reads, prepares and keeps all images of `reader`.
  ///
  /// - Parameters:
  ///   - border: counts the prepared images' outermost pixels; nil when not wanted.
  ///   - progress: gets the number of images that are done.
  /// - Returns: how many there are.
  /// - Throws: what the reader and the output throw.
  func run(
    _ reader: any ImageArrayReader, to output: PixelOutput, border: inout BorderHistogram?,
    progress: (Int) -> Void
  ) throws -> Int {
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: 2 * pieceLimit * sourceCount, alignment: 64)
    defer { room.deallocate() }
    let halves = [room.prefix(pieceLimit * sourceCount), room.dropFirst(pieceLimit * sourceCount)]
      .map { UnsafeMutableRawBufferPointer(rebasing: $0) }
    let prepared = UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: pieceLimit * preparer.valueCount)
    defer { prepared.deallocate() }
    // Unsafe, as the compiler cannot see that one job alone reads, and no two write the same images.
    nonisolated(unsafe) let (reader, images) = (reader, prepared)
    nonisolated(unsafe) var nextCount = try reader.read(pieceLimit, into: halves[0])
    var (done, turn) = (0, 0)
    while nextCount > 0 {
      let count = nextCount
      nonisolated(unsafe) let (piece, next) = (halves[turn], halves[1 - turn])
      try ParallelLoop.run(count: 1 + Self.blockCount, threads: threads) { job in
        // The first job reads on, as unpacking cannot be shared; the others prepare what was read
        // before.
        if job == 0 {
          nextCount = try reader.read(pieceLimit, into: next)
        } else {
          let first = count * (job - 1) / Self.blockCount
          prepare(first..<count * job / Self.blockCount, of: piece, to: images)
        }
      }
      let finished = UnsafeBufferPointer(rebasing: prepared[..<(count * preparer.valueCount)])
      border?.add(finished, size: preparer.size)
      try output.write(finished, from: done)
      done += count
      turn = 1 - turn
      progress(done)
    }
    return done
  }

  private func prepare(
    _ images: Range<Int>, of piece: UnsafeMutableRawBufferPointer,
    to prepared: UnsafeMutableBufferPointer<UInt8>
  ) {
    let source = UnsafeRawBufferPointer(
      rebasing: piece[images.lowerBound * sourceCount..<images.upperBound * sourceCount]
    ).assumingMemoryBound(to: UInt8.self)
    let valueCount = preparer.valueCount
    let destination = UnsafeMutableBufferPointer(
      rebasing: prepared[images.lowerBound * valueCount..<images.upperBound * valueCount])
    if preparer.onlyResizes(width: width, height: height, channels: channels) {
      BilinearResizer(
        from: (width, height), to: (preparer.size.width, preparer.size.height),
        channels: channels
      ).resize(source, to: destination)
      return
    }
    for index in 0..<images.count {
      let pixels = [UInt8](source[index * sourceCount..<(index + 1) * sourceCount])
      let image = preparer.prepared(
        Image(width: width, height: height, channels: channels, pixels: pixels))
      _ = UnsafeMutableBufferPointer(rebasing: destination[(index * valueCount)...]).update(
        fromContentsOf: image.pixels)
    }
  }
}
