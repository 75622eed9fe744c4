import JointVAEImages
import Testing

@Suite("Text in pictures")
struct TextTests {
  /// The image as one sees it: a line a row, # for what is set.
  private func drawing(_ image: Image) -> String {
    (0..<image.height).map { y in
      String((0..<image.width).map { image[x: $0, y: y, channel: 0] == 0 ? "." : "#" })
    }.joined(separator: "\n")
  }

  @Test("letters look as drawn, six columns apart")
  func known() {
    let size = BitmapFont.size(of: "z3p")
    #expect(size == (17, 9))
    var image = Image(width: size.width, height: size.height)
    image.draw("z3p", at: (0, 0))
    #expect(
      drawing(image) == """
        .......###.......
        ......#...#......
        #####.....#.####.
        ...#....##..#...#
        ..#.......#.#...#
        .#....#...#.#...#
        #####..###..####.
        ............#....
        ............#....
        """)
  }

  @Test("every character of ASCII has a picture of its own; the space has none")
  func complete() {
    var pictures: Set<String> = []
    for code in 32..<127 as Range<UInt8> {
      var image = Image(width: 5, height: 9)
      image.draw(String(UnicodeScalar(code)), at: (0, 0))
      #expect(image.pixels.contains(255) == (code != 32), "\(UnicodeScalar(code))")
      pictures.insert(drawing(image))
    }
    #expect(pictures.count == 95)
  }

  @Test("what the font does not have is a box")
  func unknown() {
    for text in ["é", "ش", "\u{7}", "\u{7F}"] {
      var image = Image(width: 5, height: 9)
      image.draw(text, at: (0, 0))
      let box = ["#####"] + Array(repeating: "#...#", count: 5) + ["#####", ".....", "....."]
      #expect(drawing(image) == box.joined(separator: "\n"))
    }
  }

  @Test("scale makes squares of dots, value colors them, newlines begin lines")
  func options() {
    var small = Image(width: 23, height: 19)
    small.draw("a\nbcd", at: (0, 0))
    #expect(BitmapFont.size(of: "a\nbcd") == (17, 19))
    var large = Image(width: 69, height: 57, channels: 3)
    large.draw("a\nbcd", at: (0, 0), scale: 3, value: 200)
    #expect(BitmapFont.size(of: "a\nbcd", scale: 3) == (51, 57))
    let expected = small.enlarged(by: 3).rgb.pixels.map { $0 == 0 ? UInt8(0) : 200 }
    #expect(large.pixels == expected)
  }

  @Test("text that reaches over an edge is cut there")
  func clipping() {
    var whole = Image(width: 40, height: 30)
    whole.draw("Wg", at: (15, 10), scale: 2)
    for (x, y) in [(-4, -3), (8, 5), (-100, 0), (0, 100), (11, -15)] {
      var part = Image(width: 12, height: 8)
      part.draw("Wg", at: (x, y), scale: 2)
      for row in 0..<8 {
        for column in 0..<12 {
          let (wholeX, wholeY) = (column - x + 15, row - y + 10)
          let inside = (0..<40).contains(wholeX) && (0..<30).contains(wholeY)
          let expected = inside ? whole[x: wholeX, y: wholeY, channel: 0] : 0
          #expect(part[x: column, y: row, channel: 0] == expected)
        }
      }
    }
  }

  @Test("no text takes no columns")
  func empty() {
    #expect(BitmapFont.size(of: "") == (0, 9))
    var image = Image(width: 3, height: 3)
    image.draw("", at: (0, 0))
    #expect(image == Image(width: 3, height: 3))
  }
}
