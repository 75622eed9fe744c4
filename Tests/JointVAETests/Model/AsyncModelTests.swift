import Foundation
import JointVAE
import Synchronization
import Testing

@Suite("The async forms of a model", .serialized)
struct AsyncModelTests {
  private let model: JointVAEModel

  init() throws {
    model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 3, discrete: [4]))
  }

  @Test("Calls of several batches give the same as the forms that block, many at once")
  func same() async throws {
    let drawn = try Self.sample(model, 700)
    let codes = try Self.encode(model, drawn)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let (images, encoding) = try await (
            model.sample(700, seed: 5), model.encode(drawn)
          )
          let none = try await model.sample(0)
          #expect(images == drawn && encoding == codes && none.count == 0)
        }
      }
      try await group.waitForAll()
    }
    let shared = model.using(.threads(1))
    #expect(try await shared.sample(700, seed: 5) == drawn)
  }

  private static func sample(_ model: JointVAEModel, _ count: Int) throws -> ImageBatch {
    try model.sample(count, seed: 5)
  }

  private static func encode(_ model: JointVAEModel, _ images: ImageBatch) throws -> Encoding {
    try model.encode(images)
  }

  @Test("A canceled call throws, and leaves the others alone")
  func canceled() async throws {
    let long = Task { [model] in try await model.sample(20_000) }
    let other = Task { [model] in try await model.sample(300, seed: 5) }
    // Waiting before would let a busy machine finish the call.
    long.cancel()
    await #expect(throws: CancellationError.self) { _ = try await long.value }
    #expect(try await other.value == Self.sample(model, 300))
    let late = Task { [model] in
      withUnsafeCurrentTask { $0?.cancel() }
      return try await model.sample(10)
    }
    await #expect(throws: CancellationError.self) { _ = try await late.value }
  }

  @Test("A call for one image does not wait for another's thousands")
  func turns() async throws {
    let ended = Ended()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for count in [20_000, 1] {
        group.addTask { [model] in
          _ = try await model.sample(count)
          ended.counts.withLock { $0.append(count) }
        }
      }
      try await group.waitForAll()
    }
    #expect(ended.counts.withLock { $0 } == [1, 20_000])
  }

  #if os(Linux)
    @Test("However many calls wait, they share one set of threads")
    func threads() async throws {
      func count() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
      }
      _ = try await model.sample(300)
      let calls = (0..<60).map { seed in
        Task { [model] in try await model.sample(600, seed: UInt64(seed)) }
      }
      try await Task.sleep(for: .milliseconds(30))
      let busy = try count()
      for call in calls { _ = try await call.value }
      // Other suites run beside this one; sixty threads would be seen.
      #expect(busy < 50)
    }
  #endif
}

/// The calls that have ended, by their number of images.
private final class Ended: Sendable {
  let counts = Mutex<[Int]>([])
}
