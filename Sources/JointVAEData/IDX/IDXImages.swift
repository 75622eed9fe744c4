import JointVAEFiles

/// The images of an IDX file, with the labels of another.
final class IDXImages: ImageArrayReader {
  let height: Int
  let width: Int
  let labels: ArrayLabels?
  private let elements: ElementPixels

  /// Reads the header of the images and all labels.
  ///
  /// - Parameters:
  ///   - source: the images, unpacked.
  ///   - labels: their labels, unpacked; nil when there are none.
  ///   - known: the data set they belong to; nil when any number is a class.
  /// - Throws: `FileError` when a file is none of IDX, promises more than it can hold, or the two do
  ///   not belong together.
  init(_ source: any ByteSource, labels: (any ByteSource)?, known: KnownDataSet?) throws {
    let header = try IDXHeader(source, expecting: .images)
    (height, width) = (header.lengths[1], header.lengths[2])
    // Labels first: they are short, and what is wrong with them is known before the images are
    // unpacked.
    let count = header.lengths[0]
    self.labels = try labels.map {
      .numbers(try IDXLabels.read($0, of: count, at: source.path, known: known))
    }
    elements = try ElementPixels(
      source, header.element, count: count, valueCount: header.itemSize)
  }

  var path: String { elements.path }
  var channels: Int { 1 }
  var count: Int? { elements.count }
  var isBinary: Bool { elements.scale == .binary }
  var factors: [KnownFactor] { [] }
  var values: PixelValues? { elements.values }

  func expect(_ expectation: PixelExpectation) throws { try elements.expect(expectation) }

  func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    // Reading on to the end also verifies the checksum of a gzip file.
    try elements.read(limit, into: buffer)
  }
}
