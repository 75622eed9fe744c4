import Foundation
import JointVAEData
import TestSupport
import Testing

/// Real images of dSprites, as Tests/Oracles/dsprites_images.py prints them.
private struct DSpritesImages: Decodable {
  /// Color, shape from 1, scale, orientation, x and y of each of `known`.
  var latents: [[Double]]
  /// `[image][y]`: a row of pixels, `1` for white.
  var known: [[String]]
  /// Images without latents.
  var unknown: [[String]]

  static func read() throws -> DSpritesImages {
    let script = "\(SharedFiles.packageFolder)/Tests/Oracles/dsprites_images.py"
    let output = try Python.run([script, SharedFiles.data.path("dsprites-small")])
    return try JSONDecoder().decode(DSpritesImages.self, from: Data(output.text.utf8))
  }
}

@Suite(
  "Sprites beside real dSprites",
  .enabled(
    if: SharedFiles.data.has("dsprites-small/dsprites_12_with_latents.npz"),
    "no dsprites-small folder under JOINTVAE_DATA"),
  .enabled(if: Python.has("numpy"), "python3 has no numpy"))
struct DSpritesLikenessTests {
  /// The white pixels both have, as a share of those at least one has. Real ones are black or
  /// white; ours count as white from half on.
  private func overlap(_ ours: [UInt8], _ real: [Bool]) -> Double {
    let pairs = zip(ours.map { $0 >= 128 }, real)
    return Double(pairs.count { $0 && $1 }) / Double(pairs.count { $0 || $1 })
  }

  private func pixels(_ rows: [String]) -> [Bool] { rows.joined().map { $0 == "1" } }

  @Test("of the same latents show nearly the same pixels")
  func known() throws {
    let real = try DSpritesImages.read()
    #expect(real.known.count == 12)
    for (latents, rows) in zip(real.latents, real.known) {
      let factors = SpriteFactors(
        shape: SpriteShape.allCases[Int(latents[1]) - 1], scale: latents[2],
        orientation: latents[3], x: latents[4], y: latents[5])
      let overlap = overlap(factors.drawn(imageSize: 64), pixels(rows))
      #expect(overlap > 0.97, "\(overlap) of \(factors)")
    }
  }

  @Test("are found on the grid for images without their latents")
  func unknown() throws {
    let real = try DSpritesImages.read()
    #expect(real.unknown.count == 100)
    let forms = SpriteShape.allCases.flatMap { shape in
      SpriteFactors.scales.flatMap { scale in
        SpriteFactors.orientations.map { orientation in
          SpriteFactors(shape: shape, scale: scale, orientation: orientation, x: 0.5, y: 0.5)
        }
      }
    }
    let moments = forms.map { Moments($0.drawn(imageSize: 64), size: 64) }
    for (number, rows) in real.unknown.enumerated() {
      let pixels = pixels(rows)
      let wanted = Moments(pixels.map { $0 ? 255 : 0 }, size: 64)
      var best = 0.0
      for (form, own) in zip(forms, moments) where abs(own.area / wanted.area - 1) < 0.15 {
        var factors = form
        factors.x = nearestPosition(0.5 + (wanted.x - own.x) / 32)
        factors.y = nearestPosition(0.5 + (wanted.y - own.y) / 32)
        best = max(best, overlap(factors.drawn(imageSize: 64), pixels))
      }
      #expect(best > 0.95, "\(best) of image \(number)")
    }
  }

  private func nearestPosition(_ place: Double) -> Double {
    SpriteFactors.positions.min { abs($0 - place) < abs($1 - place) } ?? 0
  }
}
