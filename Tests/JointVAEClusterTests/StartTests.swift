import Foundation
import JointVAECluster
import TestSupport
import Testing

@Suite("The start of ranks")
struct StartTests {
  @Test("goes on when all have the same")
  func same() async throws {
    for result in await onRanks(
      3, { try RankAgreement([.init("version", "1"), .init("settings", "a")]).require(of: $0) })
    {
      try result.get()
    }
  }

  @Test("ends on all ranks with the first thing that differs, and where", arguments: [1, 2])
  func other(rank: Int) async throws {
    let results = await onRanks(3) { ranks in
      try RankAgreement([
        .init("version", "1"), .init("settings", ranks.rank == rank ? "b" : "a"),
      ]).require(of: ranks)
    }
    let machine = ProcessInfo.processInfo.hostName
    for result in results {
      #expect(
        throws: ClusterError(
          "rank \(rank) on \(machine) has another settings than rank 0 on \(machine): b, not a; "
            + "make them the same on all machines")
      ) { try result.get() }
    }
  }

  @Test("ends when a rank has other things to compare: it is another version")
  func otherItems() async throws {
    let results = await onRanks(2) { ranks in
      try RankAgreement(ranks.rank == 0 ? [.init("version", "1")] : []).require(of: ranks)
    }
    for result in results {
      #expect { try result.get() } throws: {
        "\($0)".contains("runs another version of this program than rank 0")
      }
    }
  }

  @Test("makes the folder of results, sees it on all ranks, and leaves nothing else there")
  func folder() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/runs/small"
      for result in await onRanks(3, { try SharedFolder.require(path, of: $0) }) {
        try result.get()
      }
      #expect(try fileNames(in: path) == [])
    }
  }

  @Test(
    "knows the folder above a path",
    arguments: [
      ("k", "."), ("runs/k", "runs"), ("/k", "/"), ("/a/b/c/", "/a/b"), ("a//b", "a"), (".", "."),
    ])
  func above(path: String, folder: String) { #expect(SharedFolder.above(path) == folder) }

  @Test("ends when a rank does not see the folder, and removes what it made")
  func unseen() async throws {
    try await withTemporaryFolder { folder in
      let results = await onRanks(2) { ranks in
        // What rank 1 cannot find: the folder as it stands on another machine.
        try SharedFolder.require(
          "\(folder)/runs/small", of: ranks.rank == 1 ? Blind(ranks) : ranks,
          patience: .milliseconds(200))
      }
      let machine = ProcessInfo.processInfo.hostName
      for result in results {
        #expect(
          throws: ClusterError(
            "\(folder)/runs/small: rank 1 on \(machine) does not see this folder; "
              + "choose one that all machines share")
        ) { try result.get() }
      }
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }

  /// A rank whose machine has other folders.
  private final class Blind: Ranks {
    private let ranks: LocalRanks
    var rank: Int { ranks.rank }
    var count: Int { ranks.count }

    init(_ ranks: LocalRanks) { self.ranks = ranks }

    func send(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws {
      try ranks.send(bytes, to: rank, tag: tag)
    }

    func sendLater(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws {
      try ranks.sendLater(bytes, to: rank, tag: tag)
    }

    func areSent() throws -> Bool { try ranks.areSent() }

    func receiveIfThere(from rank: Int, tag: MessageTag) throws -> [UInt8]? {
      let bytes = try ranks.receiveIfThere(from: rank, tag: tag)
      guard let bytes, let path = String(bytes: bytes, encoding: .utf8), path.hasPrefix("/"),
        !path.contains("does not see")
      else { return bytes }
      return Array("/nowhere\(path)".utf8)
    }

    func leave() {}

    func abort(code: Int32) {}
  }
}
