import JointVAEFiles

/// The class numbers of an IDX file.
enum IDXLabels {
  /// Reads the labels of the file at `path`, plain or gzipped.
  ///
  /// - Parameters:
  ///   - imageCount: how many images the labels belong to.
  ///   - imagesPath: the file of the images, for messages.
  ///   - classCount: how many classes there are; nil when any byte is a class.
  /// - Throws: `FileError` when the file is not an IDX file of labels, holds another number of them than
  ///   there are images or than its header gives, is a damaged gzip file, or names a class that does
  ///   not exist.
  static func read(
    _ path: String, of imageCount: Int, at imagesPath: String, classCount: Int?
  ) throws -> [UInt8] {
    let source = try ByteSources.open(path)
    let count = try IDXHeader(source, expecting: .labels).lengths[0]
    guard count == imageCount else {
      throw FileError(
        path,
        "holds \(count) labels for the \(imageCount) images of \(imagesPath); "
          + "expected one each, from the same download")
    }
    let labels = try source.next(count)
    guard labels.count == count else {
      throw FileError(path, "ends after \(labels.count) of \(count) labels; fetch it again")
    }
    guard try source.next(1).isEmpty else {
      throw FileError(
        path, "goes on after the \(count) labels of its header; it is damaged, fetch it again")
    }
    if let classCount, let image = labels.firstIndex(where: { $0 >= classCount }) {
      throw FileError(
        path, "labels image \(image) with class \(labels[image]); expected 0 to \(classCount - 1)")
    }
    return labels
  }
}
