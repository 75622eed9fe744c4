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

  @Test("A thread that is done with its share helps the others", arguments: [2, 3, 8])
  func sharesAreTaken(threads: Int) {
    let workers = Workers(count: threads)
    let done = Counter()
    let items = 10 * threads
    workers.run(items) { item, _ in
      // The first item takes until all others are done, those of its own share among them.
      if item == 0 { while done.value < items - 1 {} }
      done.increment()
    }
    #expect(done.value == items)
  }

  @Test("An item goes to the same thread from job to job when threads are equally quick")
  func sharesStay() {
    let workers = Workers(count: 2)
    let started = (0..<200).map { _ in Counter() }
    let kept = Counter()
    for job in 0..<200 {
      workers.run(2) { item, worker in
        // Both threads are in the job before either takes another item.
        started[job].increment()
        while started[job].value < 2 {}
        if item == worker { kept.increment() }
      }
    }
    #expect(kept.value == 400)
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
