import JointVAEData
import JointVAEFiles
import Synchronization

struct NoCollection: Error {}

/// Opens what is at `path`, which is to be a collection.
func openedCollection(
  _ path: String, limits: CollectionLimits = .standard
) throws -> any FileCollection {
  guard let collection = try FileCollections.open(path, limits: limits) else {
    throw NoCollection()
  }
  return collection
}

extension FileCollection {
  /// The names of all members.
  var names: [String] { members.map(\.name) }

  /// What reading `wanted` gave at each position.
  func results(_ wanted: [Int], threads: Int? = nil) throws -> [Result<[UInt8], FileError>] {
    let found = Mutex<[Int: Result<[UInt8], FileError>]>([:])
    let calls = Atomic(0)
    try forEach(wanted, threads: threads) { position, bytes in
      calls.add(1, ordering: .relaxed)
      found.withLock { $0[position] = bytes }
    }
    let all = found.withLock { $0 }
    guard calls.load(ordering: .relaxed) == wanted.count, all.count == wanted.count else {
      throw NoCollection()
    }
    return wanted.indices.compactMap { all[$0] }
  }

  /// The bytes of all members.
  func contents(threads: Int? = nil) throws -> [[UInt8]] {
    try results(Array(members.indices), threads: threads).map { try $0.get() }
  }
}
