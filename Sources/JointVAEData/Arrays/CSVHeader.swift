import JointVAEFiles

/// What the first row of a CSV shows: how many columns there are, and whether it names them.
struct CSVHeader {
  /// The number of columns.
  let columnCount: Int
  /// The names of the columns; nil when the first row is an image already.
  let names: [String]?
  /// The only column of a first row that is an image whose field is not a number.
  let textColumn: Int?
  /// Bytes of the row, its end included.
  let byteCount: Int
  /// Lines of the row.
  let lineCount: Int

  /// Reads the row that `buffer` begins with.
  ///
  /// - Parameters:
  ///   - line: its line, for messages.
  ///   - isThere: whether the row names the columns; nil to find out.
  init(
    _ buffer: CSVBuffer, _ dialect: CSVDialect, line: Int, isThere: Bool?, path: String
  ) throws {
    var fields: [CSVField] = []
    var place = 0
    repeat {
      guard let field = dialect.field(at: place, of: buffer.bytes, isAtEnd: buffer.isAtEnd) else {
        // The field goes on beyond what was read; its place in the row stays the same.
        try buffer.readMore(line: line)
        continue
      }
      if let damage = field.damage {
        throw FileError(
          path, "has \(damage.rawValue) in line \(line), column \(fields.count + 1)")
      }
      fields.append(field)
      place = field.next
    } while fields.last?.isLast != true
    let bytes = buffer.bytes
    let texts = fields.indices.filter { CSVNumber.whole(bytes[fields[$0].content]) == nil }
    let isThere = isThere ?? Self.names(fields.map { bytes[$0.content] }, texts: texts)
    columnCount = fields.count
    names = isThere ? fields.map { $0.text(in: bytes) } : nil
    textColumn =
      !isThere && texts.count == 1
      ? texts.first { !CSVNumber.isNumber(bytes[fields[$0].content]) } : nil
    byteCount = place
    lineCount = 1 + fields.reduce(0) { $0 + $1.lineCount }
  }

  /// The same of a row whose fields are read already.
  init(texts: [String]) {
    let bytes = texts.map { Array($0.utf8) }
    let others = bytes.indices.filter { CSVNumber.whole(bytes[$0]) == nil }
    let isThere = Self.names(bytes, texts: others)
    columnCount = texts.count
    names = isThere ? texts : nil
    textColumn =
      !isThere && others.count == 1 ? others.first { !CSVNumber.isNumber(bytes[$0]) } : nil
    (byteCount, lineCount) = (0, 0)
  }

  /// Whether `fields`, of which `texts` are not whole numbers, are names and no image.
  ///
  /// A text alone among pixels is the label of an image, unless the others count up from 0 or 1:
  /// pandas names columns `label,0,1,2` and so on. A fraction alone is a mistake in an image; there are headers
  /// of many, as pandas makes `0,0,0` to `0,0.1,0.2`.
  private static func names(
    _ fields: [some BidirectionalCollection<UInt8>], texts: [Int]
  ) -> Bool {
    // Numbers that count on beyond those of pixels are names.
    let whole = fields.compactMap { CSVNumber.whole($0) }
    if texts.isEmpty, whole.count > 256, whole[0] == 0 || whole[0] == 1 {
      return zip(whole, whole.dropFirst()).allSatisfy { $0 &+ 1 == $1 }
    }
    guard texts.count == 1, let text = texts.first, fields.count > 1 else { return !texts.isEmpty }
    if CSVNumber.isNumber(fields[text]) { return false }
    let numbers = fields.indices.filter { $0 != text }.compactMap { CSVNumber.whole(fields[$0]) }
    return numbers.first.map { $0 == 0 || $0 == 1 } != false
      && zip(numbers, numbers.dropFirst()).allSatisfy { $0 &+ 1 == $1 }
  }
}
