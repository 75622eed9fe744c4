import Foundation
import JointVAECluster
import TestSupport
import Testing

@Suite("Ranks")
struct RanksTests {
  @Test("give everyone the bytes of rank 0, and rank 0 those of everyone", arguments: 1...9)
  func bytes(count: Int) async throws {
    let results = await onRanks(count) { ranks in
      let all = try ranks.gather([UInt8(ranks.rank), 7])
      let sent = try ranks.broadcast(ranks.rank == 0 ? [1, 2, 3] : [])
      let parts = try RankTeam(ranks).gather(Array(repeating: 5, count: ranks.rank))
      try ranks.barrier()
      return (all, sent, parts)
    }
    for (rank, result) in results.enumerated() {
      let (all, sent, parts) = try result.get()
      #expect(all == (rank == 0 ? (0..<count).map { [UInt8($0), 7] } : []))
      #expect(sent == [1, 2, 3])
      #expect(parts.map(\.count) == Array(0..<count))
    }
  }

  // 140,001 values go in pieces.
  @Test(
    "add in the order of a binary tree, and give all the same bits", arguments: 1...9, [5, 140_001])
  func sums(count: Int, length: Int) async throws {
    // Numbers whose sum depends on the order.
    @Sendable func value(_ rank: Int, _ place: Int) -> Float {
      [1e8, 1, -1e8, 3, 0.1, 1e-3, 7e7, -7e7, 2][rank] * Float(place % 999 + 1)
    }
    func tree(_ range: Range<Int>, _ place: Int) -> Float {
      guard range.count > 1 else { return value(range.lowerBound, place) }
      var half = 1
      while half * 2 < range.count { half *= 2 }
      let middle = range.lowerBound + half
      return tree(range.lowerBound..<middle, place) + tree(middle..<range.upperBound, place)
    }
    let results = await onRanks(count) { ranks in
      var values = (0..<length).map { value(ranks.rank, $0) }
      try values.withUnsafeMutableBufferPointer { try RankTeam(ranks).sum($0) }
      return values
    }
    let expected = (0..<length).map { tree(0..<count, $0).bitPattern }
    for result in results {
      let sums = try result.get().map(\.bitPattern)
      #expect(sums == expected)
    }
  }

  @Test("refuse sums of another length")
  func otherLength() async {
    let results = await onRanks(2) { ranks in
      var values = [Float](repeating: 1, count: 3 + ranks.rank)
      let team = RankTeam(ranks, patience: .milliseconds(300))
      try values.withUnsafeMutableBufferPointer { try team.sum($0) }
    }
    #expect(throws: (any Error).self) { try results[0].get() }
  }

  @Test("name a rank that does not answer")
  func silence() async {
    let results = await onRanks(2) { ranks in
      guard ranks.rank == 0 else { return }
      _ = try ranks.gather([], patience: .seconds(1))
    }
    #expect(
      throws: ClusterError(
        "rank 1 has not answered for 1 seconds; look for what holds it up, and start again")
    ) { try results[0].get() }
  }

  @Test("share the processors of their machine")
  func processors() async throws {
    let shares = try await onRanks(2) { try $0.processorShare() }.map { try $0.get() }
    #expect(shares[0] == shares[1] && shares[0] >= 1)
    let machines = try await onRanks(3) { try $0.machines() }.map { try $0.get() }
    #expect(machines.allSatisfy { $0.count == 1 && $0[0].ranks == 3 })
  }
}
