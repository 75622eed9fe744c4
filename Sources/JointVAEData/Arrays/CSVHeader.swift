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
    let contents = fields.map { bytes[$0.content] }
    let texts = contents.indices.filter { CSVNumber.whole(contents[$0]) == nil }
    let isThere = isThere ?? Self.names(contents, texts: texts)
    columnCount = fields.count
    names = isThere ? fields.map { $0.text(in: bytes) } : nil
    let words = Self.words(contents, texts)
    textColumn = !isThere && words.count == 1 ? words.first : nil
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
    let words = Self.words(bytes, others)
    textColumn = !isThere && words.count == 1 ? words.first : nil
    (byteCount, lineCount) = (0, 0)
  }

  /// Those of `texts` that are no numbers of any kind.
  private static func words(
    _ fields: [some BidirectionalCollection<UInt8>], _ texts: [Int]
  ) -> [Int] {
    texts.filter { !CSVNumber.isNumber(fields[$0]) }
  }

  /// Whether `fields`, of which `texts` are not whole numbers, are names and no image.
  ///
  /// A word alone among pixels is the label of an image, unless the others count up from 0 or 1:
  /// pandas names columns `label,0,1,2` and so on. Fractions are pixels, unless they are what pandas makes of columns
  /// of one name: `0,0,0` become `0,0.1,0.2`.
  private static func names(
    _ fields: [some BidirectionalCollection<UInt8>], texts: [Int]
  ) -> Bool {
    // Numbers that count on beyond those of pixels are names.
    let whole = fields.compactMap { CSVNumber.whole($0) }
    if texts.isEmpty, whole.count > 256, whole[0] == 0 || whole[0] == 1 {
      return zip(whole, whole.dropFirst()).allSatisfy { $0 &+ 1 == $1 }
    }
    let words = words(fields, texts)
    guard words.count <= 1, fields.count > 1 else { return !words.isEmpty }
    let others = fields.indices.filter { $0 != words.first }
    if texts.count > words.count {
      return areRepeated(others.map { String(decoding: fields[$0], as: UTF8.self) })
    }
    guard !words.isEmpty else { return false }
    let numbers = others.compactMap { CSVNumber.whole(fields[$0]) }
    return numbers.first.map { $0 == 0 || $0 == 1 } != false
      && zip(numbers, numbers.dropFirst()).allSatisfy { $0 &+ 1 == $1 }
  }

  /// Whether each of `names` is new, or one that was there before, with a point and how often it was; one at least is.
  private static func areRepeated(_ names: [String]) -> Bool {
    var counts: [Substring: Int] = [:]
    guard names.contains(where: { $0.contains(".") }) else { return false }
    return names.allSatisfy { name in
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      defer { counts[parts[0], default: 0] += 1 }
      let count = counts[parts[0]] ?? 0
      return parts.count == 1 ? count == 0 : parts.count == 2 && parts[1] == "\(count)" && count > 0
    }
  }
}
