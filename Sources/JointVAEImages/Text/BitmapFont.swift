/// A small fixed-width font for labels in pictures: ASCII 32 to 126, five by seven dots and two rows
/// below the line.
public enum BitmapFont {
  /// Columns of a letter.
  public static let letterWidth = 5
  /// Rows of a letter, those below the line included.
  public static let letterHeight = 9
  /// Rows of a capital letter.
  static let capitalHeight = 7
  /// Columns from one letter to the next.
  static let advance = letterWidth + 1
  /// Rows from one line to the next.
  static let lineHeight = letterHeight + 1

  /// The columns and rows that `text` takes, without a margin.
  ///
  /// - Parameters:
  ///   - text: Lines separated by newlines.
  ///   - scale: The side of a dot in pixels.
  public static func size(of text: String, scale: Int = 1) -> (width: Int, height: Int) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let longest = lines.reduce(0) { max($0, $1.count) }
    return (max(0, longest * advance - 1) * scale, (lines.count * lineHeight - 1) * scale)
  }

  /// Whether the dot in column `x` and row `y` of `character` is set.
  ///
  /// A character that the font does not have is a box.
  static func isSet(_ character: Character, x: Int, y: Int) -> Bool {
    guard let code = character.asciiValue, code >= 32 && code < 127 else {
      let isEdge = x == 0 || x == letterWidth - 1 || y == 0 || y == capitalHeight - 1
      return y < capitalHeight && isEdge
    }
    return letters[Int(code - 32)][y] >> UInt8(x) & 1 == 1
  }

  /// The rows of each letter from the space on, a bit a column, the leftmost lowest.
  private static let letters: [[UInt8]] = bands.flatMap { band in
    let lines = band.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: " ")).map(row)
    }
    return (lines.first ?? []).indices.map { letter in lines.map { $0[letter] } }
  }

  private static func row(_ columns: Substring.UTF8View) -> UInt8 {
    columns.reversed().reduce(0) { $0 << 1 | ($1 == UInt8(ascii: "#") ? 1 : 0) }
  }
}
