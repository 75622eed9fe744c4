import JointVAEKernels
import Synchronization

/// Engines for a few images that wait for a model's next call: to make one costs as much as a
/// single image does.
///
/// Copies of a model share theirs. A call has an engine for itself while it runs, so calls from
/// several threads do not meet in one.
///
/// It has no lock. Where more threads call than processors run, one that is interrupted while it holds a lock makes the
/// others queue for it, call after call, which can take a third of their time.
final class EngineCache: Sendable {
  /// Samples of a call whose engine is kept: those that dense layers take at once.
  static let samples = 8

  private let places: Places

  init() { places = Places(count: max(4, Workers.processorCount)) }

  /// Calls `body` with an engine that waits here, or with a new one, and keeps it.
  ///
  /// As many are kept as threads can compute at once. A model that more threads use makes and drops the rest.
  func borrow<Result>(
    orMake make: () -> Engine, _ body: (Engine) throws -> Result
  ) rethrows -> Result {
    let engine = places.take() ?? make()
    defer { places.put(engine) }
    return try body(engine)
  }
}

/// Places for an engine each, which threads empty and fill with one atomic exchange.
private final class Places: @unchecked Sendable {
  private typealias Place = Atomic<UnsafeMutableRawPointer?>
  // A cache line apart. What a place points to is retained by it.
  private let places: UnsafeMutablePointer<Place>
  private let count: Int
  private static let line = 8

  init(count: Int) {
    self.count = count
    places = .allocate(capacity: count * Self.line)
    for index in 0..<count * Self.line { (places + index).initialize(to: Place(nil)) }
  }

  deinit {
    while take() != nil {}
    places.deinitialize(count: count * Self.line)
    places.deallocate()
  }

  /// An engine that waits, which is the caller's alone from now on.
  func take() -> Engine? {
    for index in 0..<count where places[index * Self.line].load(ordering: .relaxed) != nil {
      if let engine = places[index * Self.line].exchange(nil, ordering: .acquiring) {
        return Unmanaged<Engine>.fromOpaque(engine).takeRetainedValue()
      }
    }
    return nil
  }

  /// Lets an engine wait where there is room for it.
  func put(_ engine: Engine) {
    let retained = Unmanaged.passRetained(engine)
    for index in 0..<count where places[index * Self.line].load(ordering: .relaxed) == nil {
      let (isPut, _) = places[index * Self.line].compareExchange(
        expected: nil, desired: retained.toOpaque(), ordering: .releasing)
      if isPut { return }
    }
    retained.release()
  }
}
