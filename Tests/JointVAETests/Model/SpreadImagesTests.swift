import JointVAE
import Testing

@Suite("Images that stand for a set")
struct SpreadImagesTests {
  @Test("are one of each part of it, in order, and all of a small set")
  func parts() {
    for (count, total) in [(1, 1), (3, 10), (7, 20), (1024, 20_000), (2_000, 4_000)] {
      let places = ImageBatch.places(count, spreadOver: total)
      #expect(places.count == count)
      for (part, place) in places.enumerated() {
        #expect((part * total / count..<(part + 1) * total / count).contains(place))
      }
    }
    #expect(ImageBatch.places(9, spreadOver: 5) == Array(0..<5))
    #expect(ImageBatch.places(5, spreadOver: 0) == [])
    #expect(ImageBatch.places(0, spreadOver: 5) == [])
  }

  @Test("show every class of a sorted set, and of one whose classes take turns", arguments: 2...10)
  func classes(classes: Int) {
    for (count, total) in [(1_000, 2_000), (1_000, 5_000), (1_024, 4_096), (2_000, 20_000)] {
      let places = ImageBatch.places(count, spreadOver: total)
      for label in [{ $0 % classes }, { $0 * classes / total }] as [(Int) -> Int] {
        var counts = [Int](repeating: 0, count: classes)
        for place in places { counts[label(place)] += 1 }
        #expect(counts.allSatisfy { abs($0 - count / classes) < count / (2 * classes) })
      }
    }
  }
}
