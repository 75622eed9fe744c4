import Foundation
import JointVAEImages
import Testing

import JointVAEProgram

/// Pictures as terminals take them.
struct TerminalGraphicsTests {
  private let picture = Image(
    width: 3, height: 3, channels: 1, pixels: [0, 255, 255, 0, 128, 255, 9, 9, 9])

  @Test("Half blocks hold two rows of pixels a line, and end with the usual colors")
  func halfBlocks() throws {
    let lines = try TerminalGraphics.halfBlocks.text(of: picture, columns: 80).split(
      separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines[0] == "\u{1B}[38;2;0;0;0;48;2;0;0;0m▀\u{1B}[38;2;255;255;255;48;2;128;128;128m▀"
        + "\u{1B}[38;2;255;255;255;48;2;255;255;255m▀\u{1B}[0m")
    // The last row is alone, and its pixels have one color.
    #expect(lines[1] == "\u{1B}[38;2;9;9;9m▀▀▀\u{1B}[0m")
  }

  @Test("A picture that is wider than the terminal gets smaller", arguments: [1, 20, 79])
  func narrow(columns: Int) throws {
    let wide = Image(width: 400, height: 100, channels: 3, value: 7)
    let text = try TerminalGraphics.halfBlocks.text(of: wide, columns: columns)
    for line in text.split(separator: "\n") {
      #expect(line.count(where: { $0 == "▀" }) == columns)
    }
  }

  @Test("kitty gets a PNG file in pieces of 4096 characters")
  func kitty() throws {
    var noise = Image(width: 100, height: 100, channels: 1)
    var number: UInt32 = 1
    noise.withUnsafeMutablePixels { pixels in
      for i in pixels.indices {
        number = number &* 1_664_525 &+ 1_013_904_223
        pixels[i] = UInt8(number >> 24)
      }
    }
    let text = try TerminalGraphics.kitty.text(of: noise, columns: 80)
    let pieces = text.dropLast().components(separatedBy: "\u{1B}\\").dropLast()
    #expect(pieces.count > 2)
    var base64 = ""
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      let start = "\u{1B}_G\(index == 0 ? "a=T,f=100,q=2," : "")m=\(isLast ? 0 : 1);"
      #expect(piece.hasPrefix(start))
      #expect(piece.count - start.count <= 4096)
      base64 += piece.dropFirst(start.count)
    }
    let bytes = try #require(Data(base64Encoded: base64))
    #expect(try Image(encoded: Array(bytes), name: "sent") == noise)
  }

  @Test("iTerm2 gets a PNG file and its size")
  func iTerm2() throws {
    let text = try TerminalGraphics.iTerm2.text(of: picture, columns: 80)
    let bytes = try picture.pngBytes()
    #expect(
      text == "\u{1B}]1337;File=inline=1;size=\(bytes.count);width=3px;height=3px:"
        + Data(bytes).base64EncodedString() + "\u{7}\n")
  }

  @Test("Sixels repeat to the picture")
  func sixel() throws {
    let wide = Image(width: 12, height: 7, channels: 1, value: 255)
    let text = try TerminalGraphics.sixel.text(of: wide, columns: 80)
    #expect(text.hasPrefix("\u{1B}P0;1q\"1;1;12;7#0;2;0;0;0#1;"))
    // Twelve columns of six white pixels, then of one.
    #expect(text.hasSuffix("#63!12~$-#63!12@$-\u{1B}\\\n"))
    let color = Image(width: 1, height: 1, channels: 3, pixels: [255, 0, 51])
    #expect(try TerminalGraphics.sixel.text(of: color, columns: 80).hasSuffix("#181@$-\u{1B}\\\n"))
  }

  @Test("A terminal's name tells what it shows, where no multiplexer stands between")
  func names() {
    func graphics(_ environment: [String: String]) -> TerminalGraphics? {
      TerminalQuestion.graphics(in: environment)
    }
    #expect(graphics(["TERM": "xterm-kitty"]) == .kitty)
    #expect(graphics(["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"]) == .kitty)
    #expect(graphics(["TERM": "xterm", "TERM_PROGRAM": "iTerm.app"]) == .iTerm2)
    #expect(graphics(["TERM": "xterm", "LC_TERMINAL": "iTerm2"]) == .iTerm2)
    #expect(graphics(["TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"]) == .halfBlocks)
    #expect(graphics(["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"]) == .halfBlocks)
    #expect(graphics(["TERM": "linux"]) == .halfBlocks)
    #expect(graphics(["TERM": "xterm-256color"]) == nil)
  }

  @Test("An answer counts once it is complete")
  func answers() {
    func graphics(_ answer: String) -> TerminalGraphics? {
      TerminalQuestion.graphics(answer: Array(answer.utf8))
    }
    #expect(graphics("") == nil)
    #expect(graphics("\u{1B}[?62;4") == nil)
    #expect(graphics("\u{1B}[?62;4;22c") == .sixel)
    #expect(graphics("\u{1B}[?64;22c") == .halfBlocks)
    #expect(graphics("\u{1B}[?4c") == .halfBlocks)
    #expect(graphics("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62c") == .kitty)
    #expect(graphics("\u{1B}_Gi=31;ENOTSUPPORTED\u{1B}\\\u{1B}[?62;4c") == .sixel)
  }
}
