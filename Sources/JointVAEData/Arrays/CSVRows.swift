import JointVAEFiles

/// The rows of a CSV as texts, one after the other.
final class CSVRows {
  let path: String
  let dialect: CSVDialect
  private let buffer: CSVBuffer
  /// The line of the row that comes next, counted from 1.
  private(set) var line = 1

  /// Reads the start of `source`.
  ///
  /// - Throws: `FileError` when it cannot be read, is empty, or is not text in UTF-8.
  init(_ source: any ByteSource) throws {
    path = source.path
    buffer = CSVBuffer(source)
    try buffer.readMore(line: 1)
    try CSVImages.skipByteOrderMark(of: buffer, path)
    dialect = CSVDialect(detectedIn: buffer.bytes)
  }

  /// The fields of the next row that is not empty; nil at the end.
  ///
  /// - Throws: `FileError` for a row that is no row of a CSV, or too long.
  func next() throws -> [String]? {
    try skipBlankLines()
    guard !buffer.bytes.isEmpty else { return nil }
    var fields: [String] = []
    var place = 0
    var lineCount = 1
    while true {
      guard let field = dialect.field(at: place, of: buffer.bytes, isAtEnd: buffer.isAtEnd) else {
        // The field goes on beyond what was read; its place in the row stays the same.
        try buffer.readMore(line: line)
        continue
      }
      if let damage = field.damage {
        throw FileError(path, "has \(damage.rawValue) in line \(line), column \(fields.count + 1)")
      }
      fields.append(field.text(in: buffer.bytes))
      lineCount += field.lineCount
      place = field.next
      if field.isLast { break }
    }
    buffer.skip(place)
    line += lineCount
    return fields
  }

  private func skipBlankLines() throws {
    while true {
      if buffer.bytes.count < 2, !buffer.isAtEnd { try buffer.readMore(line: line) }
      guard let length = CSVImages.blankLine(buffer.bytes) else { return }
      buffer.skip(length)
      line += 1
    }
  }

  /// The first fields and the last ones of the next row, so many of each; nil at the end.
  ///
  /// Rows without quotes are not looked at in their middle.
  func nextEdges(_ count: Int) throws -> (first: [String], last: [String])? {
    try skipBlankLines()
    guard !buffer.bytes.isEmpty else { return nil }
    var end = endOfLine
    while end == nil, !buffer.isAtEnd {
      try buffer.readMore(line: line)
      end = endOfLine
    }
    let row = UnsafeRawBufferPointer(rebasing: buffer.bytes[..<(end ?? buffer.bytes.count)])
    guard let start = edges(row.prefix(4096), count), let rest = edges(row.suffix(4096), count)
    else {
      return try next().map { (Array($0.prefix(count)), Array($0.suffix(count))) }
    }
    buffer.skip(min(row.count + 1, buffer.bytes.count))
    line += 1
    return (Array(start.prefix(count)), Array(rest.suffix(count)))
  }

  private var endOfLine: Int? { buffer.bytes.firstIndex(of: CSVDialect.newline) }

  /// The fields of a piece of a row; nil when it has quotes, or too few fields to be sure of `count`.
  private func edges(_ bytes: Slice<UnsafeRawBufferPointer>, _ count: Int) -> [String]? {
    guard !bytes.contains(CSVDialect.quote), !bytes.dropLast().contains(CSVDialect.carriageReturn)
    else { return nil }
    let piece = bytes.last == CSVDialect.carriageReturn ? bytes.dropLast() : bytes
    let fields = piece.split(separator: dialect.separator, omittingEmptySubsequences: false)
    guard fields.count > 2 * count else { return nil }
    return fields.map { String(decoding: $0, as: UTF8.self) }
  }
}
