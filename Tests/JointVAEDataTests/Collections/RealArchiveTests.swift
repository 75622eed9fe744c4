import Foundation
import JointVAEData
import JointVAEFiles
import JointVAEImages
import Synchronization
import TestSupport
import Testing

@Suite("The archives people have")
struct RealArchiveTests {
  struct Expectation: Sendable, CustomTestStringConvertible {
    var path: String
    var memberCount: Int
    var byteCount: Int
    var imageCount: Int
    var testDescription: String { path }
  }

  @Test(
    "every member is listed, read whole, and every image decoded",
    .enabled(if: SharedFiles.data.has("four-shapes"), "the data sets are not there"),
    arguments: [
      Expectation(
        path: "four-shapes/archive.zip", memberCount: 14_970, byteCount: 23_416_873,
        imageCount: 14_970),
      Expectation(
        path: "arabic-characters/archive.zip", memberCount: 16_802, byteCount: 2_717_712,
        imageCount: 16_800),
      Expectation(
        path: "math-symbols/math-symbols.tar.gz", memberCount: 27_000, byteCount: 8_302_246,
        imageCount: 27_000),
      Expectation(
        path: "chairs-small/rendered_chairs_64.tar.gz", memberCount: 100, byteCount: 78_852,
        imageCount: 100),
    ])
  func real(expected: Expectation) throws {
    let clock = ContinuousClock()
    var collection = try openedCollection(SharedFiles.data.path(expected.path))
    let listing = try clock.measure {
      collection = try openedCollection(SharedFiles.data.path(expected.path))
    }
    #expect(collection.members.count == expected.memberCount)
    #expect(collection.members.reduce(0) { $0 + $1.byteCount } == expected.byteCount)
    let byteCount = Atomic(0)
    let all = Array(collection.members.indices)
    let reading = try clock.measure {
      try collection.forEach(all, threads: nil) { _, bytes in
        byteCount.add(try bytes.get().count, ordering: .relaxed)
      }
    }
    #expect(byteCount.load(ordering: .relaxed) == expected.byteCount)
    let imageCount = Atomic(0)
    let images = all.filter { collection.members[$0].name.hasSuffix(".png") }
    let decoding = try clock.measure {
      try collection.forEach(images, threads: nil) { _, bytes in
        _ = try Image(png: bytes.get(), name: "x")
        imageCount.add(1, ordering: .relaxed)
      }
    }
    #expect(imageCount.load(ordering: .relaxed) == expected.imageCount)
    print("\(expected.path): listed in \(listing), read in \(reading), decoded in \(decoding)")
  }
}
