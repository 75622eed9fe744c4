import JointVAEFiles
import Synchronization

/// The files of a gzipped tar archive.
///
/// Such an archive can only be unpacked from front to back. Listing it takes one pass, which
/// verifies its checksum, and reading another: one thread unpacks a piece while the others work on
/// the piece before.
struct PackedTarCollection: FileCollection {
  let path: String
  let members: [CollectionMember]
  private let places: [TarPlace]
  private let stamp: FileStamp
  private let limits: CollectionLimits

  /// Lists the archive at `path`.
  /// - Throws: `FileError` when it is cut off or damaged, or there is more in it than `limits` allow.
  init(_ path: String, limits: CollectionLimits) throws {
    guard let stamp = FileStamp(path) else {
      throw FileError(path, "cannot be opened: \(systemReason())")
    }
    self.path = path
    self.stamp = stamp
    self.limits = limits
    (members, places) = try TarIndex.read(
      PackedTarInput(path, limits), path: path, limits: limits)
    try stamp.checkUnchanged(path)
  }

  func forEach(
    _ wanted: [Int], threads: Int?,
    _ body: @Sendable (_ position: Int, _ bytes: Result<[UInt8], FileError>) throws -> Void
  ) throws {
    try stamp.checkUnchanged(path)
    let pass = try PackedTarPass(requests(wanted), PackedTarInput(path, limits))
    let failure = FirstFailure()
    var piece = try pass.next()
    while !piece.isEmpty {
      let items = piece
      let following = Mutex<Result<[PackedTarPass.Item], any Error>>(.success([]))
      let blockCount = min(items.count, 64)
      try ParallelLoop.run(count: 1 + blockCount, threads: threads) { job in
        guard job > 0 else {
          let next = Result { try pass.next() }
          return following.withLock { $0 = next }
        }
        for item in items[items.count * (job - 1) / blockCount..<items.count * job / blockCount] {
          failure.run(item.position) { try body(item.position, item.bytes) }
        }
      }
      do {
        piece = try following.withLock { $0 }.get()
      } catch {
        try failure.rethrow()
        throw error
      }
      // What comes after the first failure no longer matters.
      if let bound = failure.position { pass.drop(from: bound) }
    }
    try stamp.checkUnchanged(path)
    try failure.rethrow()
  }

  func formats(of wanted: [Int], threads: Int?) -> [FileFormat?] {
    wanted.map { places[$0].format }
  }

  func source(of index: Int) throws -> any ByteSource {
    let name = memberPath(index)
    if let obstacle = places[index].obstacle { throw FileError(name, obstacle) }
    let source = try PackedTarMemberBytes(
      PackedTarInput(path, limits), start: places[index].start,
      byteCount: members[index].byteCount, name: name)
    try stamp.checkUnchanged(path)
    return source
  }

  /// What to read, in the order of the archive.
  private func requests(_ wanted: [Int]) -> [PackedTarPass.Request] {
    wanted.enumerated().map { position, index in
      let byteCount = members[index].byteCount
      let refusal =
        places[index].obstacle.map { FileError(memberPath(index), $0) }
        ?? limits.refusal(byteCount: byteCount, of: memberPath(index))
      return PackedTarPass.Request(
        position: position, start: places[index].start, byteCount: byteCount, refusal: refusal)
    }.sorted { ($0.start, $0.position) < ($1.start, $1.position) }
  }
}

/// The error of the smallest position for which a body threw.
private final class FirstFailure: Sendable {
  private let first = Mutex<(position: Int, error: any Error)?>(nil)

  /// The smallest position so far.
  var position: Int? { first.withLock { $0?.position } }

  /// Calls `body`, unless one of a smaller position has failed, and keeps its error.
  func run(_ position: Int, _ body: () throws -> Void) {
    if let bound = self.position, bound < position { return }
    do {
      try body()
    } catch {
      first.withLock { first in
        if first.map({ position < $0.position }) ?? true { first = (position, error) }
      }
    }
  }

  /// Throws what was kept, if anything.
  func rethrow() throws {
    if let failure = first.withLock({ $0 }) { throw failure.error }
  }
}

/// The bytes of a member of a packed tar archive, what is before it unpacked and left out.
private final class PackedTarMemberBytes: ByteSource {
  let path: String
  let largestByteCount: Int
  private var input: PackedTarInput
  private var count = 0

  init(_ input: PackedTarInput, start: Int, byteCount: Int, name: String) throws {
    self.input = input
    path = name
    largestByteCount = byteCount
    guard try self.input.skip(start) else { throw PackedTarPass.becameShorter(input.path) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let room = min(buffer.count, largestByteCount - count)
    guard room > 0 else { return 0 }
    let got = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(room)))
    guard got > 0 else { throw PackedTarPass.becameShorter(input.path) }
    count += got
    return got
  }
}
