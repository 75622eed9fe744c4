import JointVAEKernels
import Synchronization
import Testing

@Suite struct WorkersTests {
  @Test("Every item is done once", arguments: [1, 2, 3, 8])
  func everyItemOnce(threads: Int) {
    let workers = Workers(count: threads)
    #expect(workers.count == threads)
    for items in [0, 1, 2, 7, 1000] {
      let counts = (0..<max(items, 1)).map { _ in Counter() }
      workers.run(items) { item, worker in
        #expect((0..<threads).contains(worker))
        counts[item].increment()
      }
      #expect(counts.prefix(items).allSatisfy { $0.value == 1 })
    }
  }

  @Test("Jobs follow each other, also after the threads have parked")
  func manyJobs() async throws {
    let workers = Workers(count: 4)
    let total = Counter()
    for round in 0..<2000 {
      workers.run(5) { _, _ in total.increment() }
      if round % 500 == 0 { try await Task.sleep(for: .milliseconds(5)) }
    }
    #expect(total.value == 10_000)
  }

  @Test("A job has ended when run returns")
  func barrier() {
    let workers = Workers(count: 3)
    let buffer = FloatBuffer(count: 64)
    defer { withExtendedLifetime(buffer) {} }
    for round in 1...500 {
      workers.run(64) { item, _ in buffer.start[item] += 1 }
      #expect(buffer.values.allSatisfy { $0 == Float(round) })
    }
  }
}

private final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  var value: Int { count.load(ordering: .sequentiallyConsistent) }
  func increment() { count.add(1, ordering: .sequentiallyConsistent) }
}
