import JointVAE
import JointVAEFiles
import JointVAEImages

/// The images of an IDX file, read once from front to back.
struct IDXImages {
  /// The number of images.
  let count: Int
  /// Pixels of every image.
  let height: Int
  let width: Int
  private let source: any ByteSource

  /// Opens the file at `path`, plain or gzipped, and reads its header.
  ///
  /// - Throws: `FileError` when the file is no IDX file of images or promises more than it can
  ///   hold.
  init(_ path: String) throws {
    source = try ByteSources.open(path)
    let header = try IDXHeader(source, expecting: .images)
    (count, height, width) = (header.lengths[0], header.lengths[1], header.lengths[2])
  }

  /// How many images are wanted: `limit`, or all where there are no more.
  ///
  /// - Throws: `FileError` when they are not square, or too many for this machine's memory at `size`
  ///   pixels square.
  func countThatFits(size: Int, limit: Int? = nil) throws -> Int {
    guard width == height else {
      throw FileError(
        source.path, "holds images of \(width)x\(height) pixels; expected square ones")
    }
    let wanted = min(count, limit ?? count)
    guard DataLimits.byteCount(wanted, size * size) != nil else {
      throw FileError(
        source.path,
        "holds \(wanted) images, too many for this machine's memory at \(size)x\(size); set a limit"
      )
    }
    return wanted
  }

  /// Reads all images, keeps the first ones, and resizes them to `size` pixels square as Pillow's
  /// `BILINEAR` does.
  ///
  /// - Parameters:
  ///   - kept: how many to keep; the rest of the file is verified all the same.
  ///   - threads: nil for one a core.
  /// - Returns: `[image, y, x]`.
  /// - Throws: `FileError` when the file ends early or goes on after its images, or its gzip stream
  ///   is damaged.
  func prepared(size: Int, count kept: Int, threads: Int? = nil) throws -> [UInt8] {
    let resizer = BilinearResizer(from: (width, height), to: (size, size))
    // Unsafe, as the compiler cannot see that one thread at a time reads.
    nonisolated(unsafe) let source = source
    let (sourceCount, count) = (resizer.sourceCount, count)
    let images = try ImageStream(resizer: resizer, count: kept).prepared(threads: threads) {
      start, buffer in
      let got = try source.fill(buffer)
      guard got == buffer.count else {
        throw FileError(
          source.path,
          "ends within image \(start + got / sourceCount) of \(count); "
            + "it is cut off, fetch it again"
        )
      }
    }
    try expectEnd(after: count - kept)
    return images
  }

  /// Reads over `skipped` images, which also verifies the checksum of a gzip file, and makes sure
  /// they are the last.
  private func expectEnd(after skipped: Int) throws {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    var rest = skipped * width * height
    while rest > 0 {
      let got = try source.read(
        into: UnsafeMutableRawBufferPointer(rebasing: piece.prefix(rest)))
      guard got > 0 else {
        let missing = (rest - 1) / (width * height) + 1
        throw FileError(
          source.path,
          "ends within image \(count - missing) of \(count); it is cut off, fetch it again")
      }
      rest -= got
    }
    guard try source.next(1).isEmpty else {
      throw FileError(
        source.path,
        "goes on after the \(count) images of its header; it is damaged, fetch it again")
    }
  }
}
