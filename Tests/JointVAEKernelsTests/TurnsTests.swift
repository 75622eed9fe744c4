import Foundation
import JointVAEKernels
import Synchronization
import Testing

@Suite("Two threads that take turns")
struct TurnsTests {
  @Test("never run at once, and both get to their ends")
  func turns() {
    let turns = Turns()
    let running = Atomic(0)
    let overlaps = Atomic(0)
    var log: [Int] = []
    func exclusively() {
      if running.add(1, ordering: .sequentiallyConsistent).oldValue > 0 {
        overlaps.add(1, ordering: .sequentiallyConsistent)
      }
      for _ in 0..<1000 { _ = overlaps.load(ordering: .relaxed) }
      running.subtract(1, ordering: .sequentiallyConsistent)
    }
    let messages = Atomic(0)
    alongside {
      // On a busy machine the other thread may begin long after this one: pieces go on for up to a minute until it has.
      while log.count < 200 || messages.load(ordering: .acquiring) == 0 && log.count < 60_000 {
        if log.count >= 200 { Thread.sleep(forTimeInterval: 0.001) }
        // Until the other thread first pauses, both run.
        if messages.load(ordering: .acquiring) > 0 { exclusively() }
        log.append(log.count)
        turns.offer()
      }
      turns.end()
    } _: {
      while turns.pause() {
        exclusively()
        messages.add(1, ordering: .releasing)
      }
    }
    #expect(log.count >= 200 && log == Array(0..<log.count))
    #expect(overlaps.load(ordering: .relaxed) == 0)
    #expect(messages.load(ordering: .relaxed) > 0)
  }

  @Test("one that ends early lets the other go on alone")
  func early() {
    let turns = Turns()
    var pieces = 0
    alongside {
      for _ in 0..<50 {
        pieces += 1
        turns.offer()
      }
      turns.end()
    } _: {
      _ = turns.pause()
      turns.end()
    }
    #expect(pieces == 50)
    #expect(!turns.pause())
  }

  @Test("an error of the second thread comes back when the first has ended")
  func errors() {
    struct Lost: Error {}
    var isDone = false
    #expect(throws: Lost.self) {
      try alongside {
        isDone = true
      } _: {
        throw Lost()
      }
    }
    #expect(isDone)
  }
}
