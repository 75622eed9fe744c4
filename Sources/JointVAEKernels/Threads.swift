import Foundation

/// Does `work` on a thread of its own while this one does `body`, and returns when both have ended.
///
/// A system that refuses another thread gets `work` first and `body` then.
package func alongside<Result>(_ work: () -> Void, _ body: () throws -> Result) rethrows -> Result {
  try withoutActuallyEscaping(work) { work in
    // This thread does not return before the other has ended, so that `work` may use whatever it sees.
    nonisolated(unsafe) let work = work
    let thread = startThread { work() }
    if thread == nil { work() }
    defer { if let thread { pthread_join(thread, nil) } }
    return try body()
  }
}

/// A thread that calls `body` once; nil where the system refuses one. It has to be joined.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
  let start = Unmanaged.passRetained(ThreadStart(body))
  #if canImport(Glibc)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
    let started: pthread_t? = thread
  #else
    var started: pthread_t?
    let status = pthread_create(
      &started, nil,
      { argument in
        Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
  #endif
  guard status == 0 else {
    start.release()
    return nil
  }
  return started
}

private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
