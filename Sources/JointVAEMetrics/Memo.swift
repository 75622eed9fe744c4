import Synchronization

/// A value that is computed when it is first asked for, and shared by all values that hold this.
final class Memo<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  /// The value; the first call computes it while other calls wait.
  func value(_ compute: () throws -> Value) rethrows -> Value {
    try stored.withLock { stored in
      if let value = stored { return value }
      let value = try compute()
      stored = value
      return value
    }
  }
}
