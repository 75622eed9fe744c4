import Foundation
import JointVAEFiles
import JointVAEImages
import TestSupport
import Testing

/// What `make demo` runs before the program is built.
@Suite("The first look") struct FirstLookTests {
  private static let path = URL(filePath: Program.path).deletingLastPathComponent()
    .appending(path: "FirstLook").path

  @Test("draws a row for each category of a trained model")
  func picture() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).shell("'\(Self.path)' look.png")
      #expect(output.exitCode == 0, "\(output.standardError)")
      let picture = try Image(
        encoded: BoundedFile.read("\(folder)/look.png", limit: 1 << 20), name: "look.png")
      #expect(picture.width == 3 * (8 * (32 + 2) + 2))
      #expect(picture.height == 3 * (4 * (32 + 2) + 2))
      #expect(picture.pixels.contains { $0 > 200 })
    }
  }

  @Test("refuses a call without a file, and names a file that it cannot write")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let missing = try program.shell("'\(Self.path)'")
      #expect(missing.exitCode == 64)
      #expect(missing.standardError == "usage: FirstLook FILE.png\n")
      let nowhere = try program.shell("'\(Self.path)' no/look.png")
      #expect(nowhere.exitCode == 1)
      #expect(nowhere.standardError.hasPrefix("FirstLook: no/look.png: cannot be written"))
    }
  }
}
