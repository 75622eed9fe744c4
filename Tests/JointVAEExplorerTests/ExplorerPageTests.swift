import Foundation
import JointVAE
import JointVAEData
import JointVAEExplorer
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

/// A page is one file that asks no host for anything, and holds whole models.
@Suite("The explorer's page")
struct ExplorerPageTests {
  @Test("stays below 2.5 MB for a model of 32x32 pixels")
  func size() throws {
    let page = try ExplorerPage([StoredModel("mnist")])
    #expect(page.html.utf8.count < 2_500_000)
    #expect(page.title == "mnist")
    // The shipped weights have 16 bits already.
    #expect(page.remarks.isEmpty)
  }

  @Test("names no place outside itself but papers, which a reader may open")
  func alone() throws {
    var html = try ExplorerPage([StoredModel("shapes")]).html
    #expect(html.contains("default-src 'none'"))
    for paper in ["1312.6114", "1611.01144", "1804.00104"] {
      let address = "'https://arxiv.org/abs/\(paper)'"
      #expect(html.contains(address))
      html.replace(address, with: "")
    }
    for word in ["http://", "https://", "src=\"", "@import", "fetch(", "XMLHttpRequest"] {
      #expect(!html.contains(word), "the page contains \(word)")
    }
  }

  @Test("sends readers of the tour to documents that exist")
  func documents() throws {
    let html = try ExplorerPage([StoredModel("shapes")]).html
    let names = html.matches(of: /document: '(?<name>[a-z.]+)'/).map { String($0.name) }
    #expect(names.count == 5)
    for name in names {
      #expect(
        FileManager.default.fileExists(atPath: "\(SharedFiles.packageFolder)/docs/\(name)"),
        "\(name)")
    }
  }

  @Test("is the same for the same models")
  func deterministic() throws {
    let stored = try StoredModel("shapes")
    #expect(try ExplorerPage([stored]).html == ExplorerPage([stored]).html)
  }

  @Test("escapes what names hold")
  func escaping() throws {
    try withTemporaryFolder { folder in
      let evil = "</script><script>alert(1)</script>"
      let images = try LabeledImages(
        name: evil, origin: "test", imageShape: ImageShape(size: 8),
        pixels: Array(repeating: 7, count: 128),
        labels: [0, 1], classNames: [evil, "<b>"])
      let stored = try storedModel(
        ImageShape(size: 8), LatentSpec(continuous: 2, discrete: [2]), in: folder,
        notes: ["categories": "<i>one</i>, <img src=x>"])
      let html = try ExplorerPage([stored], images: images, title: evil).html
      #expect(!html.contains(evil))
      #expect(!html.contains("<b>") && !html.contains("<img") && !html.contains("<i>"))
      let contents = try #require(part("contents", of: html))
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(with: Data(contents.utf8))
      }
    }
  }

  @Test(
    "takes models of every kind",
    arguments: [
      LatentSpec(continuous: 0, discrete: [4]), LatentSpec(continuous: 3),
      LatentSpec(continuous: 1, discrete: [1]), LatentSpec(continuous: 2, discrete: [60, 3]),
    ])
  func kinds(latents: LatentSpec) throws {
    try withTemporaryFolder { folder in
      let shape = ImageShape(height: 9, width: 14, channels: 3)
      let stored = try storedModel(shape, latents, in: folder, precision: .single)
      let page = try ExplorerPage([stored])
      let contents = try #require(part("contents", of: page.html))
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(contents.utf8)) as? [String: Any])
      let model = try #require((object["models"] as? [[String: Any]])?.first)
      #expect(model["discrete"] as? [Int] == latents.discrete)
      #expect((model["divergences"] as? [Double])?.count == latents.continuous)
      let count = try #require(model["weightCount"] as? Int)
      let weights = try #require(part("weights-0", of: page.html))
      #expect(Data(base64Encoded: String(weights))?.count == 2 * count)
      // Random weights do not fit 16 bits, and the page's maker says so.
      #expect(page.remarks.count == 1 && page.remarks[0].contains("rounded to 16 bits"))
      #expect(try ExplorerPage([stored], precision: .single).remarks.isEmpty)
    }
  }

  @Test("refuses no model, too many, and images of another shape")
  func errors() throws {
    #expect(throws: ConfigurationError.self) { try ExplorerPage([]) }
    let stored = try StoredModel("shapes")
    #expect(throws: ConfigurationError.self) {
      try ExplorerPage(Array(repeating: stored, count: 13))
    }
    let images = try LabeledImages(
      name: "small", origin: "test", imageShape: ImageShape(size: 8),
      pixels: Array(repeating: 7, count: 64))
    #expect(throws: ModelError.self) { try ExplorerPage([stored], images: images) }
  }
}
