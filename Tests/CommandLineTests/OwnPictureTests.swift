import Foundation
import JointVAEImages
import TestSupport
import Testing

@Suite("Pictures of the user's own: reconstruct and interpolate")
struct OwnPictureTests {
  /// A digit-like stroke: light on dark, or dark on light.
  private static func stroke(_ folder: String, _ name: String, isDark: Bool = false) throws {
    var image = Image(width: 40, height: 60, channels: 1, value: isDark ? 255 : 0)
    image.withUnsafeMutablePixels { pixels in
      for y in 8..<52 { for x in 17..<23 { pixels[y * 40 + x] = isDark ? 0 : 255 } }
    }
    try image.writePNG(to: "\(folder)/\(name)")
  }

  @Test("Reconstruct takes files of images, of any size, in their order")
  func reconstruct() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try Self.stroke(folder, "one.png")
      try Self.stroke(folder, "two.png")
      let output = try program.run(
        ["reconstruct", "mnist", "one.png", "two.png", "--scale", "1", "-o", "both.png"])
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(output.standardOutput == "both.png: images above their reconstructions\n")
      #expect(output.standardError == "")
      let picture = try Image(pngAt: "\(folder)/both.png")
      #expect(picture.width == 2 * 34 + 2 && picture.height == 2 * 34 + 2)
      // The stroke, cut to a square and made smaller, stands in the middle of both.
      for x in [2 + 16, 36 + 16] {
        #expect(picture[x: x, y: 18, channel: 0] > 200 && picture[x: x, y: 52, channel: 0] > 128)
      }
    }
  }

  @Test("Light borders are mentioned, and --invert decides")
  func borders() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try Self.stroke(folder, "ink.png", isDark: true)
      let asked = try program.run(["reconstruct", "mnist", "ink.png", "--invert", "on"])
      #expect(
        asked.standardError
          == "Light and dark were exchanged in ink.png (--invert off keeps them).\n")
      let kept = try program.run(["reconstruct", "mnist", "ink.png", "--invert", "off"])
      #expect(kept.standardError.hasPrefix("The borders of ink.png are light."))
      #expect(kept.standardError.contains("--invert on"))
    }
  }

  @Test("A data set's name is the data set, even beside such a file")
  func dataSet() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try Self.stroke(folder, "shapes")
      let output = try program.run(
        ["reconstruct", "mnist", "shapes", "--limit", "8", "-o", "both.png"])
      #expect(output.exitCode == 0)
      #expect(
        output.standardError
          == "shapes is taken for the data set; for the file write ./shapes\n")
      let file = try program.run(["reconstruct", "mnist", "./shapes", "-o", "one.png"])
      #expect(file.exitCode == 0 && file.standardError == "", "\(file.standardError)")
    }
  }

  @Test(
    "What cannot be meant is refused",
    arguments: [
      ("reconstruct mnist a.png none.png", 1, "none.png: cannot be opened"),
      ("reconstruct mnist a.png text.png", 1, "text.png: is not an image"),
      ("reconstruct mnist a.png --split test", 64, "--split chooses images of a data set"),
      ("reconstruct mnist a.png --count 3", 64, "--count chooses images of a data set"),
      ("reconstruct mnist a.png --classes 1", 64, "--classes chooses images of a data set"),
      ("reconstruct mnist a.png --values 10,20", 1, "beyond the range"),
      ("reconstruct mnist", 64, "Missing expected argument"),
      ("interpolate mnist 3", 64, "Missing expected argument '<b>'"),
      ("interpolate mnist 3 four", 1, "end is \"four\"; expected the file of an image"),
      ("interpolate mnist 3 category:12", 1, "category is \"12\"; expected a category from 0 to 9"),
      ("interpolate mnist 3 class:tree", 1, "class is \"tree\"; expected one of"),
      ("interpolate mnist 3 text.png", 1, "text.png: is not an image"),
      ("interpolate mnist 3 none.png", 1, "end is \"none.png\"; expected the file of an image"),
      ("interpolate mnist 3 8 --count 1", 64, "--count is 1; expected at least 2"),
      ("interpolate mnist 3 8 -o x.jpg", 64, "expected a name that ends in .png or .gif"),
    ])
  func refusals(call: String, code: Int32, words: String) throws {
    try withTemporaryFolder { folder in
      try Self.stroke(folder, "a.png")
      try "no image".write(toFile: "\(folder)/text.png", atomically: true, encoding: .utf8)
      let output = try Program(in: folder).run(TrainTests.call(call))
      #expect(output.exitCode == code)
      #expect(output.standardError.contains(words), "\(output.standardError)")
      #expect(try fileNames(in: folder) == ["a.png", "text.png"])
    }
  }

  @Test("Interpolate goes from category to category, and says which was taken")
  func categories() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let output = try program.run(["interpolate", "mnist", "3", "8", "--scale", "1"])
      #expect(
        output.standardOutput
          == "mnist-interpolation.png: from category 0, named \"3\" to category 1, named \"8\"\n")
      #expect(
        output.standardError
          == "\"3\" is taken for category 0, named \"3\". Write category:3 for category 3, named \"4\".\n"
          + "\"8\" is taken for category 1, named \"8\". Write category:8 for category 8, named "
          + "\"\(try Self.name(8, program))\".\n")
      let row = try Image(pngAt: "\(folder)/mnist-interpolation.png")
      #expect(row.width == 10 * 34 + 2 && row.height == 36)

      // The ends are what sample draws of z = 0: the same categories by number give the same picture.
      _ = try program.run(
        ["interpolate", "mnist", "category:0", "class:8", "--scale", "1", "-o", "same.png"])
      #expect(try Image(pngAt: "\(folder)/same.png") == row)
    }
  }

  private static func name(_ category: Int, _ program: Program) throws -> String {
    let lines = try program.run(["name", "mnist"]).standardOutput.split(separator: "\n")
    return String(lines[category].split(separator: " ", maxSplits: 1)[1].trimming { $0 == " " })
  }

  @Test("Interpolate takes pictures, which stand above the ends; a GIF goes there and back")
  func pictures() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try Self.stroke(folder, "one.png")
      let output = try program.run(
        TrainTests.call("interpolate mnist one.png class:0 --count 5 --scale 1 -o way.png"))
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(output.standardOutput.hasPrefix("way.png: from one.png to category "))
      let picture = try Image(pngAt: "\(folder)/way.png")
      #expect(picture.width == 5 * 34 + 2 && picture.height == 2 * 34 + 2)
      // Above the first image its picture, above the last one nothing.
      #expect(picture[x: 18, y: 18, channel: 0] > 200)
      #expect((140..<170).allSatisfy { picture[x: $0, y: 18, channel: 0] == 0 })

      let moving = try program.run(
        TrainTests.call("interpolate mnist one.png class:0 --scale 2 -o way.gif"))
      #expect(moving.exitCode == 0, "\(moving.standardError)")
      let frames = try Animation(gifAt: "\(folder)/way.gif").frames
      #expect(frames.count == 58 && frames[1].image == frames[57].image)
    }
  }
}

extension Substring {
  fileprivate func trimming(_ isLeftOut: (Character) -> Bool) -> Substring {
    drop(while: isLeftOut)
  }
}
