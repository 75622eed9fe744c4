/// Turns rows of text into pixels and a label, a byte at a time.
///
/// Most of a file of pixels is short numbers between separators, which a fast path takes; whatever
/// else a CSV may hold, such as quotes, spaces or mistakes, goes to a slow one.
struct CSVRowParser {
  /// What there is at the start of some bytes.
  enum Outcome: Equatable {
    /// A whole image.
    case image(CSVRow)
    /// An empty line, of that many bytes.
    case blank(Int)
    /// The start of something that does not end within the bytes.
    case incomplete
    /// A number that is no whole one from 0 to 255, where such were expected.
    case otherValues
    case wrong(CSVRowProblem)
  }

  let dialect: CSVDialect
  let layout: CSVLayout
  /// The bytes `0,0,0,0,` as they lie in memory, with the separator in place of the comma.
  private let fourZeros: UInt64
  private let otherColumns: [Int]

  init(_ dialect: CSVDialect, _ layout: CSVLayout) {
    self.dialect = dialect
    self.layout = layout
    otherColumns = layout.otherColumns
    let zero = UInt64(UInt8(ascii: "0")) | UInt64(dialect.separator) << 8
    fourZeros = UInt64(littleEndian: zero | zero << 16 | zero << 32 | zero << 48)
  }

  /// Parses the row that `bytes` begin with.
  ///
  /// - Parameters:
  ///   - isAtEnd: whether nothing comes after `bytes`.
  ///   - pixels: room for the pixels of a row; holds something else when there is no image.
  ///   - numbers: what takes numbers of any kind; nil where pixels are whole numbers from 0 to 255.
  func parse(
    _ bytes: UnsafeRawBufferPointer, isAtEnd: Bool, into pixels: UnsafeMutableRawBufferPointer,
    numbers: inout CSVNumbers?
  ) -> Outcome {
    switch bytes.first {
    case nil: return isAtEnd ? .blank(0) : .incomplete
    case CSVDialect.newline: return .blank(1)
    case CSVDialect.carriageReturn:
      guard isAtEnd || bytes.count > 1 else { return .incomplete }
      return .blank(bytes.count > 1 && bytes[1] == CSVDialect.newline ? 2 : 1)
    default: break
    }
    var row = CSVRow()
    var pixel = 0
    var column = 0
    var other = 0
    while column < layout.columnCount {
      let nextOther = other < otherColumns.count ? otherColumns[other] : .max
      if column == nextOther {
        guard let field = dialect.field(at: row.byteCount, of: bytes, isAtEnd: isAtEnd) else {
          return .incomplete
        }
        other += 1
        if column == layout.label {
          row.label = field
        } else if let oneHot = layout.oneHot, oneHot.contains(column), field.damage == nil {
          let value = CSVNumber.whole(bytes[field.content])
          if value == 1 { row.classes.append(column - oneHot.lowerBound) }
          if value != 1 && value != 0 { row.classes += [0, 0] }
        }
        if let stop = advance(&row, past: field, column, in: bytes, isAtEnd) { return stop }
        column += 1
        continue
      }
      // Pixels up to the label, or up to the last one, which a line end follows.
      let end = min(nextOther, layout.columnCount - 1)
      let done = fastPixels(
        bytes, from: row.byteCount, atMost: numbers == nil ? end - column : 0,
        into: UnsafeMutableRawBufferPointer(rebasing: pixels[pixel...]))
      row.byteCount = done.place
      pixel += done.count
      column += done.count
      // The fast path stops before what it does not know. At the label, the label is next.
      if column == nextOther { continue }
      guard let field = dialect.field(at: row.byteCount, of: bytes, isAtEnd: isAtEnd) else {
        return .incomplete
      }
      if field.damage == nil {
        let content = bytes[field.content]
        if numbers != nil, let number = CSVNumber.number(content) {
          pixels[pixel] = numbers?.pixel(number) ?? 0
        } else if numbers == nil, let value = CSVNumber.whole(content), (0...255).contains(value) {
          pixels[pixel] = UInt8(value)
        } else {
          let wrong = wrongPixel(field, column, in: bytes, isAtEnd)
          guard numbers == nil, case .wrong(let problem) = wrong, case .noPixel = problem.kind,
            CSVNumber.number(content) != nil
          else { return wrong }
          return .otherValues
        }
      }
      if let stop = advance(&row, past: field, column, in: bytes, isAtEnd) { return stop }
      pixel += 1
      column += 1
    }
    return .image(row)
  }

  /// Reads whole numbers below 256, each followed by a separator, until there are `limit` of them,
  /// or something else comes.
  ///
  /// - Returns: how many, and the place after them.
  @inline(__always)
  private func fastPixels(
    _ bytes: UnsafeRawBufferPointer, from start: Int, atMost limit: Int,
    into pixels: UnsafeMutableRawBufferPointer
  ) -> (count: Int, place: Int) {
    let separator = dialect.separator
    let zero = UInt8(ascii: "0")
    var place = start
    var count = 0
    // Eight bytes ahead, so that no number needs a look at where the bytes end.
    while count < limit, place + 8 <= bytes.count {
      // Most pixels of most drawings are background.
      if count + 4 <= limit,
        bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) == fourZeros
      {
        pixels.storeBytes(of: 0, toByteOffset: count, as: UInt32.self)
        place += 8
        count += 4
        continue
      }
      var value = Int(bytes[place] &- zero)
      guard value < 10 else { break }
      var length = 1
      while length < 4 {
        let digit = bytes[place + length] &- zero
        guard digit < 10 else { break }
        value = value * 10 + Int(digit)
        length += 1
      }
      guard value < 256, bytes[place + length] == separator else { break }
      pixels[count] = UInt8(truncatingIfNeeded: value)
      place += length + 1
      count += 1
    }
    return (count, place)
  }

  /// Goes on behind `field`.
  ///
  /// - Returns: nil when the row goes on, or ends, where it should.
  private func advance(
    _ row: inout CSVRow, past field: CSVField, _ column: Int, in bytes: UnsafeRawBufferPointer,
    _ isAtEnd: Bool
  ) -> Outcome? {
    if let damage = field.damage {
      return .wrong(CSVRowProblem(column: column, .damage(damage)))
    }
    row.byteCount = field.next
    row.lineBreakCount += field.lineCount
    if field.isLast == (column == layout.columnCount - 1) { return nil }
    return wrongLength(field, column, in: bytes, isAtEnd)
  }

  /// What is wrong with a field that is not a pixel: the row's length when that is wrong too, which
  /// explains more.
  private func wrongPixel(
    _ field: CSVField, _ column: Int, in bytes: UnsafeRawBufferPointer, _ isAtEnd: Bool
  ) -> Outcome {
    let length = wrongLength(field, column, in: bytes, isAtEnd)
    if case .wrong(let problem) = length, case .columnCount(layout.columnCount) = problem.kind {
      return .wrong(CSVRowProblem(column: column, .noPixel(field.text(in: bytes))))
    }
    return length
  }

  /// Counts the fields of a row, of which `field` is number `column`.
  private func wrongLength(
    _ field: CSVField, _ column: Int, in bytes: UnsafeRawBufferPointer, _ isAtEnd: Bool
  ) -> Outcome {
    var field = field
    var count = column + 1
    while !field.isLast {
      guard let next = dialect.field(at: field.next, of: bytes, isAtEnd: isAtEnd) else {
        return .incomplete
      }
      if let damage = next.damage { return .wrong(CSVRowProblem(column: count, .damage(damage))) }
      field = next
      count += 1
    }
    return .wrong(CSVRowProblem(column: count - 1, .columnCount(count)))
  }
}

/// A row that was parsed.
struct CSVRow: Equatable {
  /// Bytes of the row, its end included.
  var byteCount = 0
  /// Line breaks within quotes.
  var lineBreakCount = 0
  /// The field of the label; nil when there is none.
  var label: CSVField?
  /// The numbers of the columns of classes that are 1; two where they are no choice of one class.
  var classes: [Int] = []
}

/// What is wrong with a row.
struct CSVRowProblem: Equatable {
  enum Kind: Equatable {
    case damage(CSVField.Damage)
    /// The text of a field that is not a number.
    case noPixel(String)
    /// Another number of columns than the first row's.
    case columnCount(Int)
  }

  /// The column it is in, counted from 0.
  var column: Int
  var kind: Kind

  init(column: Int, _ kind: Kind) {
    self.column = column
    self.kind = kind
  }
}

/// The numbers of a CSV's pixels, of any kind.
struct CSVNumbers {
  /// What they stand for.
  var scale: PixelScale
  /// The smallest and the largest so far; nil before the first.
  var range: ValueRange?
  /// Whether all of them fit the scale.
  var fit = true

  /// The pixel that `number` stands for; black where it stands for none.
  mutating func pixel(_ number: Double) -> UInt8 {
    let known = range ?? ValueRange(number, number)
    range = known.union(ValueRange(number, number))
    guard let pixel = scale.pixel(number) else {
      fit = false
      return 0
    }
    return pixel
  }
}
