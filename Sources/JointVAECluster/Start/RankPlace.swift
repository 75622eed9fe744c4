import Foundation

/// Where a rank runs: its machine, and the processors that it may use there.
struct RankPlace: Codable, Hashable {
  var machine: String
  /// Their numbers; where the system does not say, those from 0 on.
  var processors: [Int]

  /// The place of this process.
  static var current: RankPlace {
    RankPlace(machine: ProcessInfo.processInfo.hostName, processors: usableProcessors)
  }

  /// The places of all ranks, on all of them.
  static func all(_ ranks: any Ranks) throws -> [RankPlace] {
    try RankTeam(ranks).gather(Array(try JSONEncoder().encode(current))).map { bytes in
      do { return try JSONDecoder().decode(RankPlace.self, from: Data(bytes)) } catch {
        throw ClusterError(
          "a message of another rank cannot be read; start the same version on all ranks")
      }
    }
  }

  private static var usableProcessors: [Int] {
    // Linux says which ones, such as 0-3,8, where a launcher may have bound the process to some.
    if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed_list:") })
    {
      let numbers = processors(in: line.drop { $0 != ":" }.dropFirst())
      if !numbers.isEmpty { return numbers }
    }
    return Array(0..<ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The numbers of a list such as `0-3,8`.
  static func processors(in list: some StringProtocol) -> [Int] {
    list.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap {
        Int($0.trimmingCharacters(in: .whitespaces))
      }
      guard let first = ends.first, let last = ends.last, first <= last, last < 65_536 else {
        return []
      }
      return Array(first...last)
    }
  }
}

extension Ranks {
  /// Processors that this rank may use for itself: those of its machine are shared by the ranks there. All ranks call it.
  ///
  /// A launcher may bind each rank to some of them.
  /// - Returns: at least 1.
  /// - Throws: `ClusterError` when a rank does not answer.
  public func processorShare() throws -> Int {
    Self.share(of: rank, among: try RankPlace.all(self))
  }

  static func share(of rank: Int, among places: [RankPlace]) -> Int {
    let own = places[rank]
    // Each processor is divided among those who may use it.
    let share = own.processors.reduce(0.0) { sum, processor in
      let others = places.count {
        $0.machine == own.machine && $0.processors.contains(processor)
      }
      return sum + 1 / Double(max(1, others))
    }
    return max(1, Int(share + 0.001))
  }

  /// The machines of all ranks, each with the number of its ranks. All ranks call it.
  public func machines() throws -> [(name: String, ranks: Int)] {
    let names = try RankPlace.all(self).map(\.machine)
    var order: [String] = []
    for name in names where !order.contains(name) { order.append(name) }
    return order.map { name in (name, names.count { $0 == name }) }
  }
}
