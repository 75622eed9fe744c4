import JointVAEFiles

/// The images of a CSV: a row each, its pixels as numbers in the order `[y, x, channel]`.
///
/// Pixels are whole numbers from 0 to 255 until one is not. Then the range of all numbers decides, as that of an
/// array's elements does.
///
/// Fields are separated by commas, semicolons or tabs, whichever the first line has most of, and may
/// be quoted; lines end in LF, CRLF or CR; empty lines are passed over. `CSVSurvey` says which
/// column is taken for the label and what size the images are.
package final class CSVImages: ImageArrayReader {
  package let path: String
  package var height: Int { parser.layout.shape.height }
  package var width: Int { parser.layout.shape.width }
  package var channels: Int { parser.layout.shape.channels }
  package let count: Int? = nil
  package let isBinary = false
  package let factors: [KnownFactor] = []

  private let buffer: CSVBuffer
  private let parser: CSVRowParser
  private var collected: CSVLabels?
  /// The line that the buffer begins with, counted from 1.
  private var line = 1
  private var imageCount = 0
  private var expectation = PixelExpectation()
  /// Takes the numbers of pixels; nil where they are whole ones from 0 to 255.
  private var numbers: CSVNumbers?
  /// The range of the pixels so far, where they are whole numbers from 0 to 255.
  private var byteRange: ValueRange?

  /// Looks at a table, and then reads it.
  ///
  /// - Parameters:
  ///   - label: which column holds the labels.
  ///   - open: the bytes of the table, from its start; called again for each look.
  /// - Throws: `FileError` when it is empty, or not to be understood as images.
  package convenience init(
    label: CSVLabelColumn = .automatic, open: @escaping () throws -> any ByteSource
  ) throws {
    let survey = try CSVSurvey(label: label, open: open)
    try self.init(source: open(), survey: survey)
  }

  /// Reads `source`, of which `survey` tells what its columns hold.
  ///
  /// - Throws: `FileError` when it cannot be read.
  init(source: any ByteSource, survey: CSVSurvey) throws {
    path = source.path
    (buffer, line) = try Self.firstRow(of: source)
    let dialect = CSVDialect(detectedIn: buffer.bytes)
    parser = CSVRowParser(dialect, survey.layout)
    if parser.layout.hasLabels { collected = CSVLabels() }
    if survey.hasHeader {
      let header = try CSVHeader.length(in: buffer, dialect, line: line, path: path)
      buffer.skip(header.bytes)
      line += header.lines
    }
  }

  /// A buffer that begins with the first row of `source` that is not blank, and the row's line.
  private static func firstRow(of source: any ByteSource) throws -> (CSVBuffer, line: Int) {
    let buffer = CSVBuffer(source)
    var line = 1
    try buffer.readMore(line: line)
    try skipByteOrderMark(of: buffer, source.path)
    while let length = blankLine(buffer.bytes) {
      buffer.skip(length)
      line += 1
      if buffer.bytes.count < 2, !buffer.isAtEnd { try buffer.readMore(line: line) }
    }
    return (buffer, line)
  }

  package var labels: ArrayLabels? { collected?.labels }

  package var values: PixelValues? {
    let scale = numbers?.scale ?? .bytes
    return (numbers?.range ?? byteRange).map {
      PixelValues(found: $0, range: scale.range, isBinary: false)
    }
  }

  package func expect(_ expectation: PixelExpectation) throws {
    self.expectation = expectation
    if let values = expectation.values {
      numbers = CSVNumbers(scale: PixelScale(values))
      if numbers?.scale == .bytes { numbers = nil }
    } else if let found = expectation.found {
      guard let scale = PixelScale(of: found, .fractions) else { throw ScaleRefuted(found: found) }
      numbers = CSVNumbers(scale: scale, range: found)
    }
  }

  package func read(_ limit: Int, into room: UnsafeMutableRawBufferPointer) throws -> Int {
    let length = imageByteCount
    precondition(limit > 0 && room.count / length >= limit, "the buffer has no room for the images")
    var count = 0
    while count < limit {
      let pixels = UnsafeMutableRawBufferPointer(rebasing: room[(count * length)...])
      let outcome = parser.parse(
        buffer.bytes, isAtEnd: buffer.isAtEnd, into: pixels, numbers: &numbers)
      switch outcome {
      case .image(let row):
        if numbers == nil { include(pixels.prefix(length)) }
        try keepLabel(of: row)
        buffer.skip(row.byteCount)
        line += 1 + row.lineBreakCount
        count += 1
      case .blank(0):
        guard imageCount + count > 0 else {
          throw FileError(path, "holds a header and no images; expected an image in each row")
        }
        imageCount += count
        try finish()
        return count
      case .blank(let length):
        buffer.skip(length)
        line += 1
      case .incomplete: try buffer.readMore(line: line)
      case .otherValues: numbers = CSVNumbers(scale: .bytes, range: byteRange, fit: false)
      case .wrong(let problem): throw FileError(path, complaint(problem))
      }
    }
    imageCount += count
    return count
  }

  /// Compares the range of all pixels with what they were taken for.
  private func finish() throws {
    guard let range = numbers?.range ?? byteRange else { return }
    let scale = numbers?.scale ?? .bytes
    let isRefuted =
      expectation.values == nil ? PixelScale(of: range, .fractions) != scale : false
    if isRefuted || numbers?.fit == false { throw ScaleRefuted(found: range) }
  }

  private func include(_ pixels: Slice<UnsafeMutableRawBufferPointer>) {
    let more = ValueRange(of: UnsafeRawBufferPointer(rebasing: pixels))
    byteRange = byteRange?.union(more) ?? more
  }

  private func keepLabel(of row: CSVRow) throws {
    if parser.layout.oneHot != nil {
      guard row.classes.count == 1, let number = row.classes.first else {
        throw FileError(
          path,
          "has no choice of one class in line \(line); expected 1 in one column of a class and 0 in the "
            + "others")
      }
      if let names = parser.layout.classNames {
        collected?.append(names[number])
      } else {
        collected?.append(number)
      }
      return
    }
    guard let field = row.label else { return }
    guard field.content.count <= CSVLabels.longest else {
      throw FileError(
        path,
        "has a label of \(field.content.count) bytes in line \(line); expected at most "
          + "\(CSVLabels.longest)")
    }
    guard !field.content.isEmpty else {
      throw FileError(
        path,
        "has no label in line \(line), column \((parser.layout.label ?? 0) + 1); expected a class "
          + "number or name")
    }
    let bytes = buffer.bytes
    if let number = CSVNumber.whole(bytes[field.content]) {
      collected?.append(number)
    } else {
      collected?.append(field.text(in: bytes))
    }
  }

  private func complaint(_ problem: CSVRowProblem) -> String {
    switch problem.kind {
    case .damage(let damage):
      return "has \(damage.rawValue) in line \(line), column \(problem.column + 1)"
    case .noPixel(let text):
      return "has \(text.quoted) in line \(line), column \(problem.column + 1); expected a pixel, "
        + "a number"
    case .columnCount(let count):
      return
        "has \(CSVLayout.columns(count)) in line \(line); expected \(parser.layout.columnCount), as in "
        + "its first row"
    }
  }

  /// Bytes of the empty line that `bytes` begin with; nil when they begin with something else.
  static func blankLine(_ bytes: UnsafeRawBufferPointer) -> Int? {
    switch bytes.first {
    case CSVDialect.newline: 1
    case CSVDialect.carriageReturn: bytes.count > 1 && bytes[1] == CSVDialect.newline ? 2 : 1
    default: nil
    }
  }

  static func skipByteOrderMark(of buffer: CSVBuffer, _ path: String) throws {
    let start = Array(buffer.bytes.prefix(3))
    if start == [0xef, 0xbb, 0xbf] { buffer.skip(3) }
    guard start.prefix(2) != [0xff, 0xfe], start.prefix(2) != [0xfe, 0xff] else {
      throw FileError(path, "is text in UTF-16; expected a CSV saved as UTF-8")
    }
  }
}

/// The labels of a CSV's rows so far.
struct CSVLabels {
  /// The most bytes of a label.
  static let longest = 200

  private var numbers: [Int] = []
  /// All labels, when one of them is not a number.
  private var names: [String]?

  var labels: ArrayLabels { names.map(ArrayLabels.names) ?? .numbers(numbers) }

  mutating func append(_ number: Int) {
    if names == nil { numbers.append(number) } else { names?.append(String(number)) }
  }

  mutating func append(_ name: String) {
    if names == nil {
      names = numbers.map(String.init)
      numbers = []
    }
    names?.append(name)
  }
}
