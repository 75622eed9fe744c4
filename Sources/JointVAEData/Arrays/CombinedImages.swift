import JointVAEFiles

/// Images of one size from several readers, one after the other, perhaps with labels from elsewhere, or turned over
/// their diagonal.
final class CombinedImages: ImageArrayReader {
  /// Where the labels come from.
  enum Labels {
    /// The readers have them.
    case own
    /// One for each image.
    case all(ArrayLabels)
    /// One for all images of each reader.
    case perReader([String])
  }

  private let readers: [any ImageArrayReader]
  private let givenLabels: Labels
  private let isTransposed: Bool
  /// The images read of each reader.
  private var counts: [Int]
  private var current = 0

  /// - Throws: `FileError` when the readers' images differ in size, or there are more labels than images.
  init(
    _ readers: [any ImageArrayReader], labels: Labels = .own, isTransposed: Bool = false
  ) throws {
    precondition(!readers.isEmpty, "there is nothing to combine")
    self.readers = readers
    givenLabels = labels
    self.isTransposed = isTransposed
    counts = readers.map { _ in 0 }
    let first = readers[0]
    for reader in readers
    where reader.width != first.width || reader.height != first.height
      || reader.channels != first.channels
    {
      throw FileError(
        reader.path,
        "holds images of \(reader.width)x\(reader.height) pixels, and \(first.path) of "
          + "\(first.width)x\(first.height); expected one size")
    }
    if case .all(let labels) = labels, let count, count != labels.count {
      throw Self.mismatch(first.path, images: count, labels: labels.count)
    }
  }

  /// Arrays of which each holds the images of a class.
  ///
  /// - Throws: `FileError` as above, and when elements are of kinds whose scales are guessed in different ways, and no
  ///   values are given that decide.
  convenience init(
    classes: [(name: String, images: NPYImages)], values: ValueRange?
  ) throws {
    if values == nil, let first = classes.first?.images,
      let other = classes.first(where: { $0.images.numbers != first.numbers })?.images
    {
      throw FileError(
        other.path,
        "holds \(other.numbers.words), and \(first.path) \(first.numbers.words), which may be "
          + "on two scales; expected elements of one type",
        remedy: .giveValues)
    }
    try self.init(classes.map(\.images), labels: .perReader(classes.map(\.name)))
  }

  var path: String { readers[0].path }
  var height: Int { isTransposed ? readers[0].width : readers[0].height }
  var width: Int { isTransposed ? readers[0].height : readers[0].width }
  var channels: Int { readers[0].channels }
  var isBinary: Bool { readers.allSatisfy(\.isBinary) }
  var factors: [KnownFactor] { readers.count == 1 ? readers[0].factors : [] }

  var count: Int? {
    let counts = readers.compactMap(\.count)
    return counts.count == readers.count ? counts.reduce(0, +) : nil
  }

  /// The range over all elements, on the scale of the first reader: in the end all have the same.
  var values: PixelValues? {
    let values = readers.compactMap(\.values)
    guard var all = values.first else { return nil }
    for more in values.dropFirst() {
      all.found = all.found.union(more.found)
      all.isBinary = all.isBinary && more.isBinary
    }
    return all
  }

  func expect(_ expectation: PixelExpectation) throws {
    for reader in readers { try reader.expect(expectation) }
  }

  var labels: ArrayLabels? {
    switch givenLabels {
    case .own: readers.count == 1 ? readers[0].labels : nil
    case .all(let labels): labels.prefix(counts.reduce(0, +))
    case .perReader(let names):
      .names(zip(names, counts).flatMap { Array(repeating: $0, count: $1) })
    }
  }

  func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let length = imageByteCount
    var count = 0
    while count < limit, current < readers.count {
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[(count * length)...])
      let got = try readers[current].read(limit - count, into: room)
      if got == 0 {
        current += 1
      } else {
        counts[current] += got
        count += got
      }
    }
    try checkLabels(isAtEnd: count == 0)
    if count == 0 { try checkScales() }
    if isTransposed {
      for image in 0..<count {
        transpose(
          UnsafeMutableRawBufferPointer(rebasing: buffer[image * length..<(image + 1) * length]))
      }
    }
    return count
  }

  private func checkLabels(isAtEnd: Bool) throws {
    guard case .all(let labels) = givenLabels else { return }
    let count = counts.reduce(0, +)
    guard count <= labels.count, !isAtEnd || count == labels.count else {
      throw Self.mismatch(path, images: isAtEnd ? count : nil, labels: labels.count)
    }
  }

  /// Makes sure that a number is the same gray wherever it stands: a class of dark images reaches less far than
  /// the others.
  private func checkScales() throws {
    guard let values, Set(readers.compactMap { $0.values?.range }).count > 1 else { return }
    throw ScaleRefuted(found: values.found)
  }

  private static func mismatch(_ path: String, images: Int?, labels: Int) -> FileError {
    FileError(
      path,
      "holds \(images.map { "\($0)" } ?? "more") images, and there are \(labels) labels for them; expected "
        + "one each, from the same download")
  }

  /// Exchanges rows and columns of an image.
  private func transpose(_ pixels: UnsafeMutableRawBufferPointer) {
    let source = [UInt8](pixels)
    var place = 0
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<channels {
          pixels[place] = source[(x * height + y) * channels + channel]
          place += 1
        }
      }
    }
  }
}
