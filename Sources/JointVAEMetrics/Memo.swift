import Synchronization

/// A value that is computed when it is first asked for, and shared by all who hold this.
final class Memo<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  /// The value; computed by the first who asks, while others wait.
  func value(_ compute: () throws -> Value) rethrows -> Value {
    try stored.withLock { stored in
      if let value = stored { return value }
      let value = try compute()
      stored = value
      return value
    }
  }
}
