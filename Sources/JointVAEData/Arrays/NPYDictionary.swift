/// The text at the start of a .npy file: a Python dictionary of the three keys the format has,
/// read without Python.
///
/// Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays".
struct NPYDictionary: Equatable {
  /// The type of the elements, such as `<f4`; of a structured array, the text of its whole list.
  var description: String
  /// Whether the first axis varies fastest.
  var isFortranOrder: Bool
  /// The length of each axis.
  var shape: [Int]

  /// Why a text is not such a dictionary: what was expected at which of its characters.
  struct Mistake: Error, Equatable {
    var place: Int
    var expected: String
  }

  /// Parses `text`.
  ///
  /// - Throws: `Mistake`.
  init(_ text: [UInt8]) throws {
    var scanner = NPYScanner(text)
    var description: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try scanner.expect("{")
    while !scanner.skip("}") {
      let key = try scanner.string()
      try scanner.expect(":")
      switch key {
      case "descr" where description == nil: description = try scanner.description()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try scanner.boolean()
      case "shape" where shape == nil: shape = try scanner.tuple()
      default: throw scanner.mistake("the keys descr, fortran_order and shape, once each")
      }
      if scanner.skip(",") { continue }
      try scanner.expect("}")
      break
    }
    guard scanner.isAtEnd else { throw scanner.mistake("nothing after the dictionary") }
    guard let description, let isFortranOrder, let shape else {
      throw scanner.mistake("the keys descr, fortran_order and shape")
    }
    self.description = description
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }
}

/// Takes a text apart from front to back.
private struct NPYScanner {
  private let text: [UInt8]
  private var place = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  func mistake(_ expected: String) -> NPYDictionary.Mistake {
    NPYDictionary.Mistake(place: place, expected: expected)
  }

  private var next: UInt8? { place < text.count ? text[place] : nil }

  private mutating func skipSpaces() {
    while let next, next == 0x20 || (0x09...0x0d).contains(next) { place += 1 }
  }

  /// Whether only spaces are left.
  var isAtEnd: Bool {
    mutating get {
      skipSpaces()
      return next == nil
    }
  }

  /// Passes over `word` when it comes next.
  mutating func skip(_ word: StaticString) -> Bool {
    skipSpaces()
    let length = word.utf8CodeUnitCount
    let comes = word.withUTF8Buffer { text[place...].prefix(length).elementsEqual($0) }
    if comes { place += length }
    return comes
  }

  mutating func expect(_ word: StaticString) throws {
    guard skip(word) else { throw mistake("\(word)") }
  }

  mutating func boolean() throws -> Bool {
    if skip("True") { return true }
    try expect("False")
    return false
  }

  /// A text between quotes of either kind, without escapes.
  mutating func string() throws -> String {
    skipSpaces()
    guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw mistake("a text in quotes")
    }
    let rest = text[(place + 1)...]
    guard let end = rest.firstIndex(of: quote), !rest[..<end].contains(UInt8(ascii: "\\")) else {
      throw mistake("a text in quotes, without backslashes")
    }
    place = end + 1
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  /// The type: a text, or, of structured arrays, a list, whose text is returned for messages.
  mutating func description() throws -> String {
    skipSpaces()
    guard next == UInt8(ascii: "[") else { return try string() }
    let start = place
    var depth = 0
    while let next {
      place += 1
      if next == UInt8(ascii: "[") { depth += 1 }
      if next == UInt8(ascii: "]") { depth -= 1 }
      if depth == 0 { return String(decoding: text[start..<place], as: UTF8.self) }
    }
    throw mistake("]")
  }

  /// Whole numbers between parentheses, as `()`, `(3,)` or `(3, 4)`.
  mutating func tuple() throws -> [Int] {
    try expect("(")
    var numbers: [Int] = []
    while !skip(")") {
      guard numbers.count < 32 else { throw mistake("at most 32 axes") }
      numbers.append(try number())
      if skip(",") { continue }
      try expect(")")
      break
    }
    return numbers
  }

  private mutating func number() throws -> Int {
    skipSpaces()
    let start = place
    while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { place += 1 }
    guard place > start, let number = Int(String(decoding: text[start..<place], as: UTF8.self))
    else {
      place = start
      throw mistake("a whole number of at most 63 bits")
    }
    // Python 2 marked long ones.
    _ = skip("L")
    return number
  }
}
