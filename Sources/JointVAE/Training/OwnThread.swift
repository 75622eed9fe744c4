import Foundation

/// Runs `work`, which blocks, on a thread of its own: a task that waits for it keeps no thread of the cooperative pool.
package func onOwnThread<Result: Sendable>(
  _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Swift.Result(catching: work)) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}
