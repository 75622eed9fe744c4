import CZlib
import Foundation
import JointVAE
import JointVAEData
import TestSupport
import Testing

/// Expectations come from Tests/Oracles/make_preparation_fixtures.py.
@Suite("Prepared images are Pillow's to the last bit")
struct PillowTests {
  private static func fixture<Content: Decodable>(
    _ name: String, as type: Content.Type
  ) throws -> Content {
    let path = "\(SharedFiles.packageFolder)/Tests/Fixtures/Preparation/\(name)"
    return try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
  }

  private func checksum(_ bytes: [UInt8]) -> Int { Int(crc32(0, bytes, UInt32(bytes.count))) }

  struct Drawings: Decodable {
    struct Case: Decodable {
      struct Prepared: Decodable {
        var size: Int
        var color: ImagePreparation.Color
        var checksum: Int
      }
      var file: Data
      var gray16: Data
      var prepared: [Prepared]
    }
    var cases: [Case]
  }

  @Test("drawings, square or not, gray, colored or of a palette, at every size and color")
  func drawings() throws {
    let cases = try Self.fixture("drawn.json", as: Drawings.self).cases
    #expect(cases.count == 8)
    for (number, one) in cases.enumerated() {
      let folder = try TemporaryFolder()
      try folder.write(Array(one.file), as: "1.png")
      for expected in one.prepared {
        var request = DataSetRequest(folder.path)
        request.preparation = ImagePreparation(
          size: ImageSize(side: expected.size), color: expected.color, inversion: .off)
        let image = try plainCatalog.load(request).image(0)
        #expect(checksum(image) == expected.checksum, "\(number) at \(expected.size)")
        if expected.size == 16 && expected.color == .gray { #expect(image == Array(one.gray16)) }
      }
    }
  }

  struct Checksums: Decodable {
    struct DataSet: Decodable {
      struct Size: Decodable {
        var size: Int
        var kept: [Int]
        var inverted: [Int]
      }
      var imageCount: Int
      var sizes: [Size]
    }
    var sets: [String: DataSet]
  }

  @Test(
    "200 images of the real sets, as they are and with light and dark exchanged",
    .enabled(if: SharedFiles.data.has("four-shapes"), "the data sets are not there"),
    arguments: ["four-shapes", "math-symbols"])
  func real(name: String) throws {
    let expected = try #require(
      try Self.fixture("pillow-crc.json", as: Checksums.self).sets[name])
    for size in expected.sizes {
      for (inversion, checksums) in [
        (ImagePreparation.Inversion.off, size.kept), (.on, size.inverted), (.auto, size.inverted),
      ] {
        var request = DataSetRequest(
          name, path: SharedFiles.data.path(name), imageSize: ImageSize(side: size.size))
        request.preparation.inversion = inversion
        let images = try plainCatalog.load(request)
        #expect(images.count == expected.imageCount)
        let chosen = (0..<200).map { images.image($0 * images.count / 200) }
        #expect(chosen.map(checksum) == checksums, "\(size.size), \(inversion)")
      }
    }
  }
}
