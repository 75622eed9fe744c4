import Foundation
import JointVAE
import JointVAEData
import JointVAEImages
import JointVAERuns
import TestSupport
import Testing

/// From the pixels of files to the settings of a run.
@Suite("Settings for anyone's images")
struct ImageRecipeTests {
  /// Pictures of one color with a small square of another, or of soft stripes as photos have.
  private enum Pictures: String, CaseIterable {
    case onWhite, onBlack, onBlue, photos

    func write(to folder: String) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for number in 0..<12 {
        var image = Image(width: 32, height: 32, channels: 3)
        for y in 0..<32 {
          for x in 0..<32 {
            let isInside = (8..<12).contains(x - number % 5) && (8..<14).contains(y - number % 3)
            for channel in 0..<3 {
              let ground: Int =
                switch self {
                case .onWhite: 250
                case .onBlack: 5
                case .onBlue: [20, 40, 240][channel]
                case .photos: 60 + 4 * ((x + number * y) % 32) + 10 * channel
                }
              let value = isInside && self != .photos ? 128 : ground
              image[x: x, y: y, channel: channel] = UInt8(value)
            }
          }
        }
        try image.writePNG(to: "\(folder)/\(number).png")
      }
    }
  }

  private func run(
    on pictures: Pictures, _ changes: SettingChanges = SettingChanges()
  ) throws -> RunConfiguration {
    try withTemporaryFolder { folder in
      try pictures.write(to: folder)
      let images = try DataSetCatalog().load(try changes.request(on: folder))
      return try changes.newRun(on: folder, images: images.facts())
    }
  }

  @Test("Outputs begin at the mean of each channel, whatever the background is")
  func initialOutput() throws {
    for (pictures, expected) in [
      (.onWhite, [0.967, 0.967, 0.967]), (.onBlack, [0.031, 0.031, 0.031]),
      (.onBlue, [0.088, 0.165, 0.931]), (.photos, [0.478, 0.517, 0.557]),
    ] as [(Pictures, [Double])] {
      let found = try #require(try run(on: pictures).training.initialOutput)
      #expect(found.count == 3)
      for (value, wanted) in zip(found, expected) {
        #expect(abs(value - wanted) < 0.012, "\(pictures) \(found)")
        #expect((value * 1_000).rounded() / 1_000 == value)
      }
    }
  }

  @Test(
    "Steps are smaller where most of the images is background, and as asked for where that is given"
  )
  func learningRate() throws {
    for (pictures, rate) in [
      (.onWhite, 3e-4), (.onBlack, 3e-4), (.onBlue, 1e-3), (.photos, 1e-3),
    ] as [(Pictures, Double)] {
      #expect(try run(on: pictures).training.optimizer.learningRate == rate, "\(pictures)")
    }
    var changes = SettingChanges()
    changes.learningRate = 0.01
    changes.initialOutput = [0.25]
    let given = try run(on: .onWhite, changes).training
    #expect(given.optimizer.learningRate == 0.01 && given.initialOutput == [0.25])
    changes.initialOutput = []
    #expect(try run(on: .onWhite, changes).training.initialOutput == nil)
  }

  @Test("Gray paper is inverted first, so that outputs begin at black")
  func inverted() throws {
    var changes = SettingChanges()
    changes.gray = true
    let run = try run(on: .onWhite, changes).training
    #expect(run.imageShape.channels == 1 && run.optimizer.learningRate == 3e-4)
    #expect((run.initialOutput ?? [1]).allSatisfy { $0 < 0.05 })
  }

  @Test("Other recipes begin as ever")
  func others() throws {
    var changes = SettingChanges()
    for recipe in ["pairs", "mnist", "shapes"] {
      changes.recipe = recipe
      #expect(try run(on: .onWhite, changes).training.initialOutput == nil)
    }
  }
}
