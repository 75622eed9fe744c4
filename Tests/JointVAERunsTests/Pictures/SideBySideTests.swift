import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import JointVAERuns
import TestSupport
import Testing

@Suite("Traversals side by side") struct SideBySideTests {
  /// A run of one step with a model of some name.
  private func run(_ name: String, model: String?, in folder: String) throws -> StoredModel {
    var changes = SmallRun.changes(steps: 1)
    changes[text: "model"] = model
    let run = try TrainingRun.begin(
      in: RunFolder("\(folder)/\(name)"), on: "shapes", changes: changes, catalog: DataSetCatalog())
    _ = try run.train(compute: .threads(1))
    return try StoredModel("\(folder)/\(name)")
  }

  @Test("Blocks are called by their models, have a row a latent, and stand in even rows")
  func layout() throws {
    try withTemporaryFolder { folder in
      let joint = try run("a", model: nil, in: folder)
      let beta = try run("b", model: "beta-vae", in: folder)
      let vae = try run("c", model: "vae", in: folder)
      var picture = try SideBySideTraversals([joint, beta, vae])
      #expect(picture.titles == ["jointvae", "beta-vae", "vae"])
      #expect(picture.columns == 3)
      picture.pointCount = 5
      let image = try picture.picture()
      let title = TitledPictures(columns: 3).titleHeight
      // Three latents, 2 + [3]: a row each, with the latent's name beside it.
      let alone = TraversalPicture(joint)
      #expect(alone.pointCount == picture.pointCount + 3)
      let names = BitmapFont.size(of: "z0").width + 4
      let block = (width: names + 5 * 18 + 2, height: 3 * 18 + 2)
      #expect(image.width == 3 * block.width + 2 * TitledPictures.gap)
      #expect(image.height == title + block.height)
      // The same model twice is called by its folder.
      let twins = try SideBySideTraversals([joint, try StoredModel("\(folder)/a"), beta])
      #expect(twins.titles == ["\(folder)/a", "\(folder)/a", "\(folder)/b"])
      let five = try SideBySideTraversals([joint, beta, vae, joint, beta])
      #expect(five.columns == 3)
      try picture.write(to: "\(folder)/side.png")
      #expect(FileManager.default.fileExists(atPath: "\(folder)/side.png"))
    }
  }

  @Test("Around an image, each block shows what the model's own picture does")
  func aroundImage() throws {
    try withTemporaryFolder { folder in
      let models = try ["a", "b"].map {
        try run($0, model: $0 == "a" ? nil : "beta-vae", in: folder)
      }
      let images = try ShapeGenerator(seed: 3).images(count: 20, size: 16)
      var picture = try SideBySideTraversals(models)
      picture.showsKL = true
      picture.pointCount = 5
      let center = try picture.picture()
      try picture.measure(on: images, base: 7)
      let image = try picture.picture()
      #expect(image != center)
      let top = TitledPictures(columns: 2).titleHeight
      var left = 0
      for stored in models {
        var alone = TraversalPicture(stored)
        alone.showsKL = true
        alone.pointCount = 5
        try alone.measure(on: images, base: 7)
        let path = "\(folder)/alone.png"
        try alone.write(to: path)
        let block = try Image(
          encoded: Array(Data(contentsOf: URL(filePath: path))), name: path)
        #expect(left + block.width <= image.width && top + block.height <= image.height)
        let rows = (0..<block.height).map { y in
          let start = (top + y) * image.width + left
          return image.pixels[start..<start + block.width]
        }
        #expect(rows.flatMap(\.self) == block.gray.pixels)
        left += block.width + TitledPictures.gap
      }
      #expect(
        throws: ConfigurationError("image", "20", expected: "a number from 0 to 19")
      ) { try picture.measure(on: images, base: 20) }
    }
  }

  @Test("No model, and models of other images, cannot stand side by side")
  func badInput() throws {
    #expect(throws: ConfigurationError.self) { try SideBySideTraversals([]) }
    try withTemporaryFolder { folder in
      let small = try run("small", model: nil, in: folder)
      let error = #expect(throws: FileError.self) {
        try SideBySideTraversals([try StoredModel("mnist"), small])
      }
      #expect(
        error?.description
          == "\(folder)/small: is a model of images of 16x16x1; expected 32x32x1, as mnist has")
    }
  }
}
