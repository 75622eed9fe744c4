import Foundation
import JointVAE
import JointVAECluster
import JointVAEFiles

// Ranks are a team that trains.
extension RankTeam: TrainingTeam {}

/// What rank 0 lets the other ranks of a team know before the first step, and what they answer.
struct TeamStart: Codable {
  /// The settings, as config.json holds them.
  var configuration: String
  /// The folder of the run, as the user named it.
  var folder: String
  /// What tells the state to go on from; nil for a run that begins.
  var state: String?

  /// The start of a run on rank 0.
  init(_ run: borrowing TrainingRun) throws {
    configuration = try run.configuration.json()
    folder = run.folder.path
    state = Self.state(in: run.folder)
  }

  static func state(in folder: RunFolder) -> String? {
    folder.hasState ? RankAgreement.fileDigest(folder.state) : nil
  }

  /// Sends it to all other ranks. Rank 0 calls it.
  func send(to team: RankTeam) throws {
    _ = try team.gather(Array(try JSONEncoder().encode(self)))
  }

  /// What rank 0 sends.
  static func receive(from team: RankTeam) throws -> TeamStart {
    try JSONDecoder().decode(TeamStart.self, from: Data(try team.gather([])[0]))
  }

  /// Waits until all ranks are ready. All call it.
  ///
  /// - Parameter failure: why this rank is not; nil when it is.
  /// - Throws: on all ranks `ClusterError` naming the first one that is not, and why.
  static func requireReady(_ failure: (any Error)?, _ team: RankTeam) throws {
    let machine = ProcessInfo.processInfo.hostName
    let answers = try team.gather(failure.map { Array("\(machine): \($0)".utf8) } ?? [])
    guard let rank = answers.firstIndex(where: { !$0.isEmpty }) else { return }
    throw ClusterError("rank \(rank) on \(String(decoding: answers[rank], as: UTF8.self))")
  }
}
