import JointVAEFiles

/// A small .npy array that is read whole: labels, or other known values of each image.
struct NPYNumbers {
  /// The elements, row after row.
  var values: [Double]
  /// Elements of a row.
  var columnCount: Int

  /// Reads `source`, an array of `rowCount` rows: `(row,)` or `(row, column)`.
  ///
  /// - Throws: `FileError` when it is another kind of array, has another number of rows, or more
  ///   than 64 columns.
  init(_ source: any ByteSource, rowCount: Int, of images: String) throws {
    try self.init(source, NPYHeader(source), rowCount: rowCount, of: images)
  }

  /// Reads what follows `header` in `source`.
  fileprivate init(
    _ source: any ByteSource, _ header: NPYHeader, rowCount: Int, of images: String
  ) throws {
    guard (1...2).contains(header.shape.count), header.shape[0] == rowCount else {
      throw FileError(
        source.path,
        "has an array of shape \(NPYHeader.text(of: header.shape)); expected \(rowCount) rows, one "
          + "for each image of \(images)")
    }
    let columnCount = header.shape.count == 2 ? header.shape[1] : 1
    guard (1...64).contains(columnCount) else {
      throw FileError(
        source.path, "has \(columnCount) numbers for each image; expected 1 to 64")
    }
    let element = try header.element()
    let bytes = try source.next(header.count * element.byteCount)
    guard bytes.count == header.count * element.byteCount else {
      throw FileError(
        source.path,
        "ends after \(bytes.count / element.byteCount) of \(header.count) numbers; fetch it again")
    }
    guard try source.next(1).isEmpty else {
      throw FileError(
        source.path,
        "goes on after the \(header.count) numbers of its header; it is damaged, fetch it again")
    }
    self.columnCount = columnCount
    values = bytes.withUnsafeBytes { bytes in
      (0..<header.count).map { element.number($0, in: bytes) }
    }
  }

  /// The numbers of a column.
  func column(_ column: Int) -> [Double] {
    stride(from: column, to: values.count, by: columnCount).map { values[$0] }
  }

  /// The class numbers of an array of labels: of one column, or of a column a class that is 1 for
  /// the image's class and 0 for all others.
  ///
  /// - Throws: `FileError` about `path` when they are not whole numbers.
  func classNumbers(_ path: String) throws -> [Int] {
    guard columnCount == 1 else { return try oneHotNumbers(path) }
    return try values.indices.map { index in
      guard let number = Int(exactly: values[index]) else {
        throw FileError(
          path, "labels image \(index) with \(values[index]); expected a whole number")
      }
      return number
    }
  }

  private func oneHotNumbers(_ path: String) throws -> [Int] {
    try stride(from: 0, to: values.count, by: columnCount).map { start in
      let row = values[start..<start + columnCount]
      guard let one = row.firstIndex(of: 1), row.allSatisfy({ $0 == 0 || $0 == 1 }),
        row.reduce(0, +) == 1
      else {
        throw FileError(
          path,
          "has \(columnCount) numbers for each image, and those of image \(start / columnCount) are "
            + "no choice of one class; expected class numbers")
      }
      return one - start
    }
  }
}

extension ArrayLabels {
  /// Reads the labels of `rowCount` images from a .npy array: class numbers, a column a class, or names.
  ///
  /// - Throws: `FileError` when it is no array of labels, or of another number of rows.
  init(npy source: any ByteSource, rowCount: Int, of images: String) throws {
    let header = try NPYHeader(source)
    guard case .texts(let text) = header.content else {
      let numbers = try NPYNumbers(source, header, rowCount: rowCount, of: images)
      self = .numbers(try numbers.classNumbers(source.path))
      return
    }
    let columnCount = header.shape.dropFirst().reduce(1, *)
    guard header.shape.first == rowCount, columnCount == 1 else {
      throw FileError(
        source.path,
        "has texts of shape \(NPYHeader.text(of: header.shape)); expected \(rowCount), one for each "
          + "image of \(images)")
    }
    var names: [String] = []
    for row in 0..<rowCount {
      let bytes = try source.next(text.byteCount)
      guard bytes.count == text.byteCount else {
        throw FileError(source.path, "ends after \(row) of \(rowCount) names; fetch it again")
      }
      guard let name = text.text(bytes[...]), !name.isEmpty else {
        throw FileError(
          source.path,
          "labels image \(row) with \(bytes.allSatisfy { $0 == 0 } ? "an empty name" : "no text"); "
            + "expected the name of a class")
      }
      names.append(name)
    }
    guard try source.next(1).isEmpty else {
      throw FileError(
        source.path,
        "goes on after the \(rowCount) names of its header; it is damaged, fetch it again")
    }
    self = .names(names)
  }
}
