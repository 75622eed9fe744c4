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
    let collection = try openedCollection(SharedFiles.data.path(expected.path))
    #expect(collection.members.count == expected.memberCount)
    #expect(collection.members.reduce(0) { $0 + $1.byteCount } == expected.byteCount)
    let byteCount = Atomic(0)
    let imageCount = Atomic(0)
    try collection.forEach(Array(collection.members.indices), threads: nil) { position, bytes in
      let bytes = try bytes.get()
      #expect(bytes.count == collection.members[position].byteCount)
      byteCount.add(bytes.count, ordering: .relaxed)
      guard FileFormat(bytes)?.isImage == true else { return }
      _ = try Image(encoded: bytes, name: collection.memberPath(position))
      imageCount.add(1, ordering: .relaxed)
    }
    #expect(byteCount.load(ordering: .relaxed) == expected.byteCount)
    #expect(imageCount.load(ordering: .relaxed) == expected.imageCount)
  }
}
