import JointVAE
import JointVAEData
import JointVAEImages
import TestSupport
import Testing

@Suite("Images in memory, prepared as those of files") struct MemoryPreparationTests {
  /// Black ink on white paper, wider than high.
  private static let drawing = {
    var image = Image(width: 40, height: 30, channels: 3, value: 255)
    for x in 10..<30 {
      for y in 12..<18 { for channel in 0..<3 { image[x: x, y: y, channel: channel] = 20 } }
    }
    return image
  }()

  @Test(
    "equal the images of a folder, whatever the fit and the colors",
    arguments: [
      ImagePreparation.Fit.crop, .pad, .stretch,
    ])
  func equalsFolder(fit: ImagePreparation.Fit) throws {
    try withTemporaryFolder { folder in
      try Self.drawing.writePNG(to: "\(folder)/a.png")
      for color in ImagePreparation.Color.allCases {
        let preparation = ImagePreparation(size: 16, color: color, fit: fit)
        var request = DataSetRequest(folder)
        request.preparation = preparation
        let set = try DataSetCatalog(cache: nil).load(request)
        let batch = preparation.prepare(
          [try Image(encoded: Self.drawing.pngBytes(), name: "a drawing")], for: set.imageShape)
        #expect(batch == ImageBatch(set, at: [0]))
        #expect(set.preparation?.isInverted == (color == .gray))
      }
    }
  }

  @Test("are inverted as asked, whatever their border is")
  func inversion() {
    let shape = ImageShape(size: 8, channels: 1)
    func corner(_ inversion: ImagePreparation.Inversion) -> Float {
      ImagePreparation(inversion: inversion).prepare([Self.drawing], for: shape).values[0]
    }
    #expect(corner(.auto) == 0 && corner(.on) == 0 && corner(.off) == 1)
    #expect(ImagePreparation().prepare([], for: shape).count == 0)
  }
}
