import Foundation
import JointVAEImages
import Testing

@Suite("Resizing equals Pillow's BILINEAR to the last bit")
struct ResizeTests {
  struct Cases: Decodable {
    struct Case: Decodable {
      var channels: Int
      var from: [Int]
      var to: [Int]
      var source: Data
      var resized: Data
    }
    var cases: [Case]
  }

  @Test("up, down, odd sizes, not square, gray and RGB")
  func fixtures() throws {
    let cases = try fixture("resize.json", as: Cases.self).cases
    #expect(cases.count == 20)
    for one in cases {
      let image = Image(
        width: one.from[0], height: one.from[1], channels: one.channels, pixels: Array(one.source))
      let resized = image.resized(width: one.to[0], height: one.to[1])
      #expect(
        resized.pixels == Array(one.resized), "\(one.channels): \(one.from) to \(one.to)")
      #expect(resized.width == one.to[0] && resized.height == one.to[1])
    }
  }

  static let golden = folder("JOINTVAE_GOLDENS", standard: "shared/goldens")
    .appendingPathComponent("resize.safetensors")

  @Test(
    "MNIST digits from 28 to 32, all in one call",
    .enabled(
      if: FileManager.default.fileExists(atPath: golden.path),
      "needs resize.safetensors; JOINTVAE_GOLDENS names its folder"))
  func digits() throws {
    let file = try [UInt8](Data(contentsOf: Self.golden))
    let headerCount = (0..<8).reduce(0) { $0 | Int(file[$1]) << (8 * $1) }
    let header = try #require(
      JSONSerialization.jsonObject(with: Data(file[8..<8 + headerCount])) as? [String: Any])
    func tensor(_ name: String) throws -> [UInt8] {
      let entry = try #require(header[name] as? [String: Any])
      let range = try #require(entry["data_offsets"] as? [Int])
      return Array(file[8 + headerCount + range[0]..<8 + headerCount + range[1]])
    }
    let original = try tensor("original")
    let expected = try tensor("resized32")
    #expect(original.count == 32 * 28 * 28 && expected.count == 32 * 32 * 32)
    #expect(BilinearResizer(from: (28, 28), to: (32, 32)).resize(original) == expected)
  }

  @Test("many images in one call are resized like each on its own")
  func batch() {
    let resizer = BilinearResizer(from: (13, 9), to: (8, 20), channels: 3)
    let images = (0..<5).map { noise(resizer.sourceCount, seed: UInt64($0)) }
    #expect(resizer.resize(images.flatMap { $0 }) == images.flatMap { resizer.resize($0) })
    #expect(resizer.resize([]) == [])
  }

  @Test("a constant image stays what it is, whatever the sizes")
  func constants() {
    for value: UInt8 in [0, 1, 127, 254, 255] {
      for (old, new) in [(28, 32), (200, 32), (3, 100), (1000, 7)] {
        let image = Image(width: old, height: 5, value: value).resized(width: new, height: 11)
        #expect(image == Image(width: new, height: 11, value: value))
      }
    }
  }

}
