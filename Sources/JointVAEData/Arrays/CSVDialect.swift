/// How a CSV separates its fields.
struct CSVDialect: Equatable {
  /// A comma, a semicolon, a tab or any number of spaces.
  var separator: UInt8

  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let carriageReturn = UInt8(ascii: "\r")

  /// Fields between `separator`.
  init(separator: UInt8) {
    self.separator = separator
  }

  /// The separator that the first line of `bytes` has most of outside quotes; a comma when it has
  /// none.
  init(detectedIn bytes: UnsafeRawBufferPointer) {
    let candidates = [Self.comma, UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in bytes {
      if byte == Self.quote { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if byte == Self.newline || byte == Self.carriageReturn { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    // The first of those that are equally frequent.
    let most = counts.max() ?? 0
    separator = counts.firstIndex(of: most).map { candidates[$0] } ?? Self.comma
    if most == 0, Self.hasSpaces(bytes) { separator = Self.space }
  }

  /// Whether spaces part the numbers of the first line, of which there are at least four.
  private static func hasSpaces(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let line = bytes.prefix { $0 != newline && $0 != carriageReturn }
    let fields = line.split(separator: space)
    return fields.count >= 4 && fields.allSatisfy { CSVNumber.isNumber($0) }
  }

  /// The field that begins at `start`; nil when it does not end within `bytes` and more may come.
  ///
  /// - Parameter isAtEnd: whether nothing comes after `bytes`.
  func field(
    at start: Int, of bytes: UnsafeRawBufferPointer, isAtEnd: Bool
  ) -> CSVField? {
    var start = start
    if separator == Self.space {
      while start < bytes.count, bytes[start] == Self.space { start += 1 }
    }
    guard start < bytes.count, bytes[start] == Self.quote else {
      return plainField(at: start, of: bytes, isAtEnd: isAtEnd)
    }
    var field = CSVField(content: start + 1..<start + 1, isQuoted: true)
    var place = start + 1
    while place < bytes.count {
      switch bytes[place] {
      case Self.quote where place + 1 < bytes.count && bytes[place + 1] == Self.quote:
        place += 1
        field.hasDoubledQuotes = true
      case Self.quote:
        guard isAtEnd || place + 1 < bytes.count else { return nil }
        field.content = start + 1..<place
        return end(field, at: place + 1, of: bytes, isAtEnd: isAtEnd)
      case Self.newline: field.lineCount += 1
      default: break
      }
      place += 1
    }
    guard isAtEnd else { return nil }
    field.content = start + 1..<place
    field.damage = .openQuote
    field.next = place
    return field
  }

  private func plainField(
    at start: Int, of bytes: UnsafeRawBufferPointer, isAtEnd: Bool
  ) -> CSVField? {
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == separator || byte == Self.newline || byte == Self.carriageReturn { break }
      place += 1
    }
    return end(CSVField(content: start..<place), at: place, of: bytes, isAtEnd: isAtEnd)
  }

  /// `field`, whose content ends before `place`, with what ends it.
  private func end(
    _ field: CSVField, at place: Int, of bytes: UnsafeRawBufferPointer, isAtEnd: Bool
  ) -> CSVField? {
    var field = field
    guard place < bytes.count else {
      guard isAtEnd else { return nil }
      field.isLast = true
      field.next = place
      return field
    }
    field.next = place + 1
    switch bytes[place] {
    case separator: break
    case Self.newline:
      field.isLast = true
    case Self.carriageReturn:
      guard isAtEnd || place + 1 < bytes.count else { return nil }
      field.isLast = true
      if place + 1 < bytes.count, bytes[place + 1] == Self.newline { field.next = place + 2 }
    default: field.damage = .textAfterQuote
    }
    return field
  }
}

/// A field of a CSV: where it lies among the bytes of its row.
struct CSVField: Equatable {
  /// Why it is not a field.
  enum Damage: String {
    case openQuote = "a quote that is never closed"
    case textAfterQuote = "text after a closing quote"
  }

  /// The places of its text, without the quotes around it.
  var content: Range<Int>
  var isQuoted = false
  /// Whether its text has quotes written twice that stand for one.
  var hasDoubledQuotes = false
  /// Line breaks within its quotes.
  var lineCount = 0
  /// The place after what ends it.
  var next = 0
  /// Whether the row ends with it.
  var isLast = false
  var damage: Damage?

  /// Its text.
  func text(in bytes: UnsafeRawBufferPointer) -> String {
    let text = String(decoding: bytes[content], as: UTF8.self)
    return hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
  }
}
