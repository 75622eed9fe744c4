import JointVAEFiles

/// The Arabic Handwritten Characters Dataset as tables: a CSV of pixels, column by column, and
/// another of labels, counted from 1.
final class ArabicTables: ImageArrayReader {
  private let images: CSVImages
  private let numbers: [Int]
  private var readCount = 0

  /// The tables of a part among files called `names`; nil when there are none.
  ///
  /// - Parameter open: the bytes of a file.
  /// - Throws: `FileError` when a table is damaged, or there are no labels.
  init?(
    _ names: [String], split: DataSplit, path: String,
    open: @escaping (String) throws -> any ByteSource
  ) throws {
    func table(_ word: String) -> String? {
      names.first { name in
        let file = name.split(separator: "/").last?.lowercased() ?? ""
        return file.hasSuffix(".csv") && file.contains(split.rawValue) && file.contains(word)
      }
    }
    guard let pixels = table("image") else { return nil }
    guard let labels = table("label") else {
      throw FileError(
        path, "holds \(pixels.quoted), but no table of its labels; expected both in one place")
    }
    numbers = try Self.numbers(open(labels))
    images = try CSVImages(label: .none) { try open(pixels) }
  }

  var path: String { images.path }
  // Every image is turned over its diagonal.
  var height: Int { images.width }
  var width: Int { images.height }
  var channels: Int { images.channels }
  var count: Int? { numbers.count }
  var isBinary: Bool { false }
  var factors: [KnownFactor] { [] }
  var labels: ArrayLabels? { .numbers(Array(numbers.prefix(readCount))) }

  func expect(_ expectation: PixelExpectation) throws { try images.expect(expectation) }
  var values: PixelValues? { images.values }

  func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let got = try images.read(limit, into: buffer)
    readCount += got
    guard readCount <= numbers.count, got > 0 || readCount == numbers.count else {
      throw FileError(
        path,
        "holds \(got > 0 ? "more" : "fewer") images than the \(numbers.count) labels beside it")
    }
    let size = width * height
    for image in 0..<got {
      let pixels = UnsafeMutableRawBufferPointer(
        rebasing: buffer[image * size..<(image + 1) * size])
      let columns = [UInt8](pixels)
      for y in 0..<height {
        for x in 0..<width { pixels[y * width + x] = columns[x * height + y] }
      }
    }
    return got
  }

  /// The number in every line, less 1.
  private static func numbers(_ source: any ByteSource) throws -> [Int] {
    // Longer ones are none of this data set's 16,800.
    let bytes = try source.next(1 << 24)
    var numbers: [Int] = []
    let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    for (line, digits) in lines.enumerated() {
      guard let number = Int(String(decoding: digits, as: UTF8.self)), number > 0 else {
        throw FileError(
          source.path,
          "has \(String(decoding: digits.prefix(20), as: UTF8.self).quoted) in line \(line + 1); "
            + "expected a class from 1")
      }
      numbers.append(number - 1)
    }
    return numbers
  }
}
