import JointVAEFiles

/// Whether the first row of a CSV names the columns.
struct CSVHeader {
  /// The names of the columns; nil when the first row is an image already.
  let names: [String]?

  /// Looks at the fields of a first row.
  init(texts: [String]) {
    let bytes = texts.map { Array($0.utf8) }
    let others = bytes.indices.filter { CSVNumber.whole(bytes[$0]) == nil }
    names = Self.names(bytes, texts: others) ? texts : nil
  }

  /// How long the row is that `buffer` begins with, its end included.
  ///
  /// - Parameter line: its line, for messages.
  static func length(
    in buffer: CSVBuffer, _ dialect: CSVDialect, line: Int, path: String
  ) throws -> (bytes: Int, lines: Int) {
    var length = (bytes: 0, lines: 1)
    var column = 0
    while true {
      guard
        let field = dialect.field(at: length.bytes, of: buffer.bytes, isAtEnd: buffer.isAtEnd)
      else {
        // The field goes on beyond what was read; its place in the row stays the same.
        try buffer.readMore(line: line)
        continue
      }
      column += 1
      if let damage = field.damage {
        throw FileError(path, "has \(damage.rawValue) in line \(line), column \(column)")
      }
      length.bytes = field.next
      length.lines += field.lineCount
      if field.isLast { return length }
    }
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
