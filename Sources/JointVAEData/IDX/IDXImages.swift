import JointVAEFiles

/// The images of an IDX file, with the labels of another.
final class IDXImages: ImageArrayReader {
  let height: Int
  let width: Int
  let labels: ArrayLabels?
  private let total: Int
  private let source: any ByteSource
  private var readCount = 0

  /// Reads the header of the images and all labels.
  ///
  /// - Parameters:
  ///   - source: the images, unpacked.
  ///   - labels: their labels, unpacked; nil when there are none.
  ///   - known: the data set they belong to; nil when any number is a class.
  /// - Throws: `FileError` when a file is none of IDX, promises more than it can hold, or the two do
  ///   not belong together.
  init(_ source: any ByteSource, labels: (any ByteSource)?, known: KnownDataSet?) throws {
    self.source = source
    let header = try IDXHeader(source, expecting: .images)
    (total, height, width) = (header.lengths[0], header.lengths[1], header.lengths[2])
    // Labels first: they are short, and what is wrong with them is known before the images are
    // unpacked.
    let count = total
    self.labels = try labels.map {
      .numbers(try IDXLabels.read($0, of: count, at: source.path, known: known))
    }
  }

  var path: String { source.path }
  var channels: Int { 1 }
  var count: Int? { total }
  var isBinary: Bool { false }
  var factors: [KnownFactor] { [] }

  func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let size = width * height
    let wanted = min(limit, total - readCount)
    let got = try source.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<(wanted * size)]))
    guard got == wanted * size else {
      throw FileError(
        path,
        "ends within image \(readCount + got / size) of \(total); it is cut off, fetch it again")
    }
    readCount += wanted
    // Reading on to the end also verifies the checksum of a gzip file.
    if wanted == 0, try !source.next(1).isEmpty {
      throw FileError(
        path, "goes on after the \(total) images of its header; it is damaged, fetch it again")
    }
    return wanted
  }
}
