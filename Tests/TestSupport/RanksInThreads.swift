import Foundation
import JointVAECluster

/// Calls `body` on each of `count` ranks, in a thread each, and returns what they gave or threw.
package func onRanks<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (LocalRanks) throws -> Value
) async -> [Result<Value, any Error>] {
  await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
    for ranks in LocalRanks.group(of: count) {
      group.addTask {
        await withCheckedContinuation { continuation in
          let thread = Thread {
            continuation.resume(returning: (ranks.rank, Result { try body(ranks) }))
          }
          thread.start()
        }
      }
    }
    var results: [Int: Result<Value, any Error>] = [:]
    for await (rank, result) in group { results[rank] = result }
    return (0..<count).compactMap { results[$0] }
  }
}
