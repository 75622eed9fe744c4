import Foundation
import JointVAEImages

/// How a terminal shows pictures.
package enum TerminalGraphics: String, CaseIterable, Hashable, Sendable {
  /// The graphics protocol of kitty, which Ghostty, WezTerm and Konsole know, too.
  case kitty
  /// The inline images of iTerm2.
  case iTerm2 = "iterm2"
  /// The six-pixel columns of DEC's terminals.
  case sixel
  /// Two pixels a character, in 24-bit colors: every modern terminal.
  case halfBlocks = "half-blocks"

  /// What shows `picture` on a terminal, in a line of its own.
  ///
  /// - Parameters:
  ///   - picture: the picture; it is made smaller where it is wider than the terminal.
  ///   - columns: characters of a line.
  ///   - cellWidth: pixels of a character's width; nil where the terminal does not say.
  /// - Throws: `ImageError` when the picture cannot be written as PNG.
  package func text(
    of picture: Image, columns: Int, cellWidth: Int? = nil
  ) throws -> String {
    switch self {
    case .halfBlocks:
      return Self.halfBlocks(picture.narrowed(to: max(1, columns)))
    case .kitty, .iTerm2, .sixel:
      // A character is about 8 pixels wide where nothing is known.
      let fitting = picture.narrowed(to: max(1, columns) * (cellWidth ?? 8))
      return switch self {
      case .kitty: try Self.kitty(fitting)
      case .iTerm2: try Self.iTerm2(fitting)
      default: Self.sixel(fitting)
      }
    }
  }

  /// Base64 of a PNG file in pieces of 4096 characters, as the protocol limits them.
  private static func kitty(_ picture: Image) throws -> String {
    let text = Array(Data(try picture.pngBytes()).base64EncodedString().utf8)
    let limit = 4096
    var result = ""
    for start in stride(from: 0, to: text.count, by: limit) {
      let end = min(start + limit, text.count)
      let first = start == 0 ? "a=T,f=100,q=2," : ""
      result += "\u{1B}_G\(first)m=\(end < text.count ? 1 : 0);"
      result += String(decoding: text[start..<end], as: UTF8.self) + "\u{1B}\\"
    }
    return result + "\n"
  }

  private static func iTerm2(_ picture: Image) throws -> String {
    let bytes = try picture.pngBytes()
    return "\u{1B}]1337;File=inline=1;size=\(bytes.count);width=\(picture.width)px;"
      + "height=\(picture.height)px:\(Data(bytes).base64EncodedString())\u{7}\n"
  }

  /// An upper half block for two pixels: its ink is the upper one, its ground the lower one.
  private static func halfBlocks(_ picture: Image) -> String {
    var result = ""
    for y in stride(from: 0, to: picture.height, by: 2) {
      var last = ""
      for x in 0..<picture.width {
        var colors = "\u{1B}[38;2;\(picture.color(x, y))"
        if y + 1 < picture.height { colors += ";48;2;\(picture.color(x, y + 1))" }
        if colors != last { result += colors + "m" }
        last = colors
        result += "\u{2580}"
      }
      result += "\u{1B}[0m\n"
    }
    return result
  }
}

extension Image {
  /// The picture, or one as wide as `most` pixels of the same proportions.
  fileprivate func narrowed(to most: Int) -> Image {
    guard width > most else { return self }
    return resized(width: most, height: max(1, height * most / width))
  }

  /// Red, green and blue of a pixel, such as `12;34;56`.
  fileprivate func color(_ x: Int, _ y: Int) -> String {
    (0..<3).map { "\(self[x: x, y: y, channel: channels == 3 ? $0 : 0])" }.joined(separator: ";")
  }
}
