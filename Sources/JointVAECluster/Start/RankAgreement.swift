import Foundation
import JointVAEFiles

/// What has to be the same on all ranks before they begin, such as the version of the program.
public struct RankAgreement: Sendable {
  /// Something that has to be the same.
  public struct Item: Codable, Hashable, Sendable {
    /// What it is, such as `version of jointvae`.
    public var name: String
    /// The value, or a digest of it.
    public var value: String

    /// Something that has to be the same.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  private struct Statement: Codable {
    var machine: String
    var items: [Item]
  }

  private let items: [Item]

  /// What this rank has.
  public init(_ items: [Item]) { self.items = items }

  /// Compares what the ranks have. All ranks call it.
  ///
  /// - Parameters:
  ///   - ranks: all of them.
  ///   - patience: how long to wait for a rank, which may have to read its data before.
  /// - Throws: on all ranks `ClusterError` naming the first rank that has something else than rank 0, and what.
  public func require(of ranks: any Ranks, patience: Duration = .seconds(3600)) throws {
    let own = Statement(machine: RankPlace.current.machine, items: items)
    let all = try ranks.gather(Array(try JSONEncoder().encode(own)), patience: patience)
    var difference = ""
    for (rank, bytes) in all.enumerated().dropFirst() where difference.isEmpty {
      guard let other = try? JSONDecoder().decode(Statement.self, from: Data(bytes)) else {
        difference = "rank \(rank) runs another version of this program; start the same one"
        continue
      }
      difference = Self.difference(of: other, rank, from: own) ?? ""
    }
    let verdict = try ranks.broadcast(Array(difference.utf8), patience: patience)
    guard verdict.isEmpty else { throw ClusterError(String(decoding: verdict, as: UTF8.self)) }
  }

  private static func difference(
    of other: Statement, _ rank: Int, from own: Statement
  ) -> String? {
    func place(_ rank: Int, _ machine: String) -> String { "rank \(rank) on \(machine)" }
    for (index, item) in own.items.enumerated() {
      guard other.items.indices.contains(index), other.items[index].name == item.name else {
        return "\(place(rank, other.machine)) runs another version of this program than "
          + "\(place(0, own.machine)); start the same one"
      }
      let found = other.items[index].value
      guard found != item.value else { continue }
      return "\(place(rank, other.machine)) has another \(item.name) than "
        + "\(place(0, own.machine)): \(found), not \(item.value); make them the same on all machines"
    }
    return nil
  }

  /// What tells this build of the program from others: the size of its file, and a checksum of parts of it.
  public static var program: Item {
    Item("build of this program", fileDigest(Bundle.main.executablePath ?? ""))
  }

  /// A digest of a file, of parts of it where it is large.
  package static func fileDigest(_ path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path),
      let size = try? file.seekToEnd()
    else { return "unreadable" }
    defer { try? file.close() }
    var checksum = CRC32()
    let pieces: UInt64 = 64
    for piece in 0..<pieces {
      guard (try? file.seek(toOffset: size / pieces * piece)) != nil,
        let bytes = try? file.read(upToCount: 4096)
      else { return "unreadable" }
      bytes.withUnsafeBytes { checksum.add($0) }
    }
    return "\(size) bytes, checksum \(CRC32.digits(checksum.value))"
  }

  /// A digest of bytes.
  public static func digest(_ bytes: [UInt8]) -> String {
    var checksum = CRC32()
    bytes.withUnsafeBytes { checksum.add($0) }
    return CRC32.digits(checksum.value)
  }
}
