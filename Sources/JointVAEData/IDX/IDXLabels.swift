import JointVAEFiles

/// The class numbers of an IDX file.
enum IDXLabels {
  /// Reads a file of labels: a byte each, or, as QMNIST has them, rows of 32-bit numbers, of which the first is the
  /// class.
  ///
  /// - Parameters:
  ///   - source: the labels, unpacked.
  ///   - imageCount: how many images the labels belong to.
  ///   - imagesPath: the file of the images, for messages.
  ///   - known: the data set they belong to; nil when any number is a class.
  /// - Throws: `FileError` when the file is not an IDX file of labels, holds another number of them than
  ///   there are images or than its header gives, is a damaged gzip file, or names a class that does
  ///   not exist.
  static func read(
    _ source: any ByteSource, of imageCount: Int, at imagesPath: String, known: KnownDataSet?
  ) throws -> [Int] {
    let path = source.path
    let header = try IDXHeader(labels: source)
    let count = header.lengths[0]
    guard count == imageCount else {
      throw FileError(
        path,
        "holds \(count) labels for the \(imageCount) images of \(imagesPath); "
          + "expected one each, from the same download")
    }
    let width = header.itemSize * header.element.byteCount
    let bytes = try source.next(count * width)
    guard bytes.count == count * width else {
      throw FileError(path, "ends after \(bytes.count / width) of \(count) labels; fetch it again")
    }
    guard try source.next(1).isEmpty else {
      throw FileError(
        path, "goes on after the \(count) labels of its header; it is damaged, fetch it again")
    }
    let labels = (0..<count).map { label in
      bytes[label * width..<label * width + header.element.byteCount].reduce(0) {
        $0 << 8 | Int($1)
      }
    }
    if let known, !known.classNames.isEmpty {
      let bound = known.classNames.count + known.firstLabel
      if let image = labels.firstIndex(where: { !(0..<bound).contains($0) }) {
        throw FileError(
          path, "labels image \(image) with class \(labels[image]); expected 0 to \(bound - 1)")
      }
    }
    return labels
  }
}
