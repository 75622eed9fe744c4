import CLibrary
import Foundation
import JointVAEFiles

/// Whether all ranks see the folder that results go to.
public enum SharedFolder {
  /// Makes the folder on rank 0, and makes sure that all ranks see it. All ranks call it.
  ///
  /// - Parameters:
  ///   - path: the folder; made with those above it.
  ///   - ranks: all of them.
  ///   - patience: how long to look for it; file systems of clusters take a moment.
  /// - Throws: on all ranks `ClusterError` naming the first rank that does not see it. A folder that was made for it is removed.
  public static func require(
    _ path: String, of ranks: any Ranks, patience: Duration = .seconds(30)
  ) throws {
    var made: String?
    var token: [UInt8] = []
    if ranks.rank == 0 {
      made = firstMissing(above: path)
      let name = "\(path)/.ranks-\(getpid())-\(UInt64.random(in: 0 ... .max))"
      do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try AtomicFile.write("", to: name)
        token = Array(name.utf8)
      } catch {
        // The others learn of it by an empty name.
        token = []
      }
    }
    let name = String(decoding: try ranks.broadcast(token), as: UTF8.self)
    guard !name.isEmpty else {
      throw ClusterError(
        "\(path): cannot be written on the machine of rank 0; choose another folder")
    }
    let isSeen = isThere(name, patience: patience)
    let answers = try ranks.gather(isSeen ? [1] : [0] + Array(RankPlace.current.machine.utf8))
    var verdict: [UInt8] = []
    if ranks.rank == 0 {
      unlink(name)
      if let rank = answers.firstIndex(where: { $0.first != 1 }) {
        let machine = String(decoding: answers[rank].dropFirst(), as: UTF8.self)
        verdict = Array(
          "\(path): rank \(rank) on \(machine) does not see this folder; choose one that all machines share"
            .utf8)
        if let made { try? FileManager.default.removeItem(atPath: made) }
      }
    }
    verdict = try ranks.broadcast(verdict)
    guard verdict.isEmpty else { throw ClusterError(String(decoding: verdict, as: UTF8.self)) }
  }

  private static func isThere(_ path: String, patience: Duration) -> Bool {
    let start = ContinuousClock.now
    while access(path, F_OK) != 0 {
      guard ContinuousClock.now - start < patience else { return false }
      usleep(100_000)
    }
    return true
  }

  /// The topmost folder that is not there yet; nil when all are.
  private static func firstMissing(above path: String) -> String? {
    var missing: String?
    var rest = path
    while rest != "/", rest != ".", !FileManager.default.fileExists(atPath: rest) {
      missing = rest
      rest = above(rest)
    }
    return missing
  }

  /// The folder that holds the last part of a path, such as `runs` of `runs/small`; `.` for a name alone.
  public static func above(_ path: String) -> String {
    // NSString's own form of this ends the program for a name of one letter.
    let parts = path.split(separator: "/")
    guard parts.count > 1 else { return path.hasPrefix("/") ? "/" : "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
  }
}
