import Foundation
import JointVAEImages
import TestSupport
import Testing

/// Runs on the files people have, through the program.
@Suite(.serialized)
struct TrainOnFilesTests {
  static let small = "--image-size 16 --batch-size 8 --continuous 2 --discrete 2 --threads 2"

  @Test("A folder, zip, tar.gz, CSV.gz and npz of the same images train the same model")
  func everyKind() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let images = PackedImages()
      try images.writeFolder("\(folder)/photos")
      try images.writeZip("\(folder)/photos.zip")
      try images.writeCSV("\(folder)/table.csv")
      try images.writeNPZ("\(folder)/arrays.npz")
      let packed = try program.shell("tar czf photos.tar.gz photos && gzip table.csv")
      #expect(packed.exitCode == 0)
      let sets = ["photos", "photos.zip", "photos.tar.gz", "table.csv.gz", "arrays.npz"]
      for (number, name) in sets.enumerated() {
        let output = try program.run(
          TrainTests.call("train ./\(name) --steps 3 --out run\(number) \(Self.small)"))
        #expect(output.exitCode == 0, "\(name): \(output.standardError)")
        #expect(
          output.standardError.contains("./\(name): 24 images of 16x16x1\n"), "\(name)")
        #expect(output.standardOutput.hasPrefix("run\(number): finished after step 3\n"))
        #expect(
          try TrainTests.model(folder, "run\(number)") == TrainTests.model(folder, "run0"),
          "\(name)")
      }
    }
  }

  @Test("Alpha is a fourth channel from the files to the model and its pictures")
  func alpha() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try FileManager.default.createDirectory(
        atPath: "\(folder)/logos", withIntermediateDirectories: true)
      for number in 0..<6 {
        let pixels = (0..<256).flatMap { place -> [UInt8] in
          [UInt8(40 * number), 90, 200, place % 16 < 8 ? 255 : 0]
        }
        try Image(width: 16, height: 16, channels: 4, pixels: pixels).writePNG(
          to: "\(folder)/logos/\(number).png")
      }
      let call = "train ./logos --alpha keep --network deep --steps 2 --out run \(Self.small)"
      let output = try program.run(TrainTests.call(call))
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(output.standardError.contains("./logos: 6 images of 16x16x4\n"))
      for arguments in [
        "sample run -o samples.png --count 4", "reconstruct run ./logos -o back.png",
        "reconstruct run logos/1.png -o one.png", "traverse run -o t.png",
        "evaluate run", "info run", "report run -o page.html",
        "data show ./logos --alpha keep -o logos.png", "encode run ./logos -o codes.npz",
        "explore run --data ./logos -o e.html",
      ] {
        let output = try program.run(TrainTests.call(arguments))
        #expect(output.exitCode == 0, "\(arguments): \(output.standardError)")
      }
      let samples = try Image(encoded: bytes(of: "\(folder)/samples.png"), name: "samples")
      #expect(samples.channels == 3)
    }
  }

  private func bytes(of path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  @Test("A run whose data moved goes on with --data, and is evaluated there")
  func movedFolder() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try PackedImages().writeFolder("\(folder)/photos")
      _ = try program.run(TrainTests.call("train ./photos --steps 3 --out run \(Self.small)"))
      try FileManager.default.moveItem(atPath: "\(folder)/photos", toPath: "\(folder)/moved")
      let lost = try program.run(TrainTests.call("train --resume --out run --steps 4"))
      #expect(lost.exitCode == 1 && lost.standardError.contains("does not exist"))
      let found = try program.run(
        TrainTests.call("train --resume --out run --steps 4 --data moved"))
      #expect(found.exitCode == 0, "\(found.standardError)")
      // The new place is kept.
      for arguments in ["train --resume --out run --steps 5", "evaluate run --data moved"] {
        let output = try program.run(TrainTests.call(arguments))
        #expect(output.exitCode == 0, "\(output.standardError)")
      }
      let shown = try program.run(TrainTests.call("data show ./photos --data moved"))
      #expect(shown.exitCode == 0 && shown.standardOutput.contains("images        24"))
    }
  }

  @Test("A run goes on with the folder it was begun with, and not when that has changed")
  func changedFolder() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try PackedImages().writeFolder("\(folder)/photos")
      _ = try program.run(TrainTests.call("train ./photos --steps 3 --out run \(Self.small)"))
      let resumed = try program.run(TrainTests.call("train --resume --out run --steps 4"))
      #expect(resumed.exitCode == 0, "\(resumed.standardError)")
      let model = try TrainTests.model(folder, "run")
      let files = try fileNames(in: "\(folder)/run")

      let image = "\(folder)/photos/a/0.png"
      try FileManager.default.removeItem(atPath: image)
      for change in [nil, Image(width: 16, height: 16, value: 9)] {
        try change?.writePNG(to: image)
        let output = try program.run(TrainTests.call("train --resume --out run --steps 5"))
        #expect(
          output.standardError.hasPrefix("Error: run: was begun with other images of /"),
          "\(output.standardError)")
        #expect(output.standardError.contains("/photos: 24 of 16x16x1, checksum "))
        #expect(output.exitCode == 1 && output.standardOutput == "")
      }
      #expect(try TrainTests.model(folder, "run") == model)
      #expect(try fileNames(in: "\(folder)/run") == files)
    }
  }

  @Test("A folder of colored images is trained on, sampled, reconstructed, traversed and evaluated")
  func colored() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try PackedImages(channels: 3).writeFolder("\(folder)/photos")
      let trained = try program.run(
        TrainTests.call("train ./photos --epochs 2 --out run \(Self.small)"))
      #expect(trained.exitCode == 0, "\(trained.standardError)")
      #expect(trained.standardError.contains("./photos: 24 images of 16x16x3\n"))
      for call in [
        "sample run -o samples.png --count 4 --columns 2",
        "reconstruct run ./photos -o reconstructions.png --count 4",
        "traverse run -o all.png", "traverse run -o all.gif",
        "traverse run -o image.png --dataset ./photos --image 3",
        "evaluate run ./photos --json --confusion matrix.png", "info run",
        "convert run model.pt", "data show ./photos -o sheet.png",
      ] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.exitCode == 0 && output.standardError == "", "\(call): \(output)")
      }
      for name in ["samples", "reconstructions", "all", "image", "sheet", "run/samples"] {
        #expect(try Image(pngAt: "\(folder)/\(name).png").channels == 3, "\(name)")
      }
      // Originals stand above: red is the lightest, blue the darkest.
      let sheet = try Image(pngAt: "\(folder)/sheet.png")
      let reds = (0..<sheet.width * sheet.height).map { sheet.pixels[3 * $0] }
      let blues = (0..<sheet.width * sheet.height).map { sheet.pixels[3 * $0 + 2] }
      #expect(zip(reds, blues).contains { $0 == 255 && $1 == 135 })
      // A model of colors has no use for gray images.
      let gray = try program.run(
        TrainTests.call("train ./photos --gray --epochs 1 --out gray \(Self.small)"))
      #expect(gray.standardError.contains("./photos: 24 images of 16x16x1\n"))
    }
  }

  @Test("Files that cannot be a data set are refused, and no run is begun")
  func refused() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let images = PackedImages()
      try images.writeFolder("\(folder)/photos")
      try images.writeZip("\(folder)/whole.zip")
      let zip = try Data(contentsOf: URL(filePath: "\(folder)/whole.zip"))
      try zip.prefix(zip.count / 2).write(to: URL(filePath: "\(folder)/half.zip"))
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/photos/a/broken.png"))
      let before = try fileNames(in: folder)

      try program.fails(
        "train ./photos --out run --strict",
        "./photos/a/broken.png: is not an image; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM")
      try program.fails(
        "data show ./photos -o sheet.png --split test",
        "./photos: is not divided into train and test; take all of it, or hold images back "
          + "for validation")
      try program.fails(
        "train ./photos --out run --classes c",
        "./photos: has no class c; did you mean a? Expected some of a, b")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/photos/c", withIntermediateDirectories: true)
      try program.fails(
        "train ./photos --out run",
        "./photos/c: is empty, beside folders of images; put its images there, or remove it")
      let half = try program.run(TrainTests.call("train ./half.zip --out run"))
      #expect(half.standardError.hasPrefix("Error: ./half.zip: "), "\(half)")
      #expect(half.standardError.split(separator: "\n").count == 1 && half.exitCode == 1)
      #expect(try fileNames(in: folder) == before)
    }
  }

  @Test("What was left out and turned is said before the training")
  func remarks() throws {
    try withTemporaryFolder { folder in
      try PackedImages().writeFolder("\(folder)/photos")
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/photos/a/broken.png"))
      let output = try Program(in: folder).run(
        TrainTests.call("train ./photos --invert on --steps 1 --out run \(Self.small)"))
      #expect(output.standardError.contains("\nLight and dark were exchanged.\n"))
      #expect(
        output.standardError.contains(
          "\n1 image could not be read and left out (--strict makes that an error); the first: "
            + "./photos/a/broken.png: is not an image; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM\n"
        ))
      #expect(output.exitCode == 0)
    }
  }
}
