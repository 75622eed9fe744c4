import JointVAEFiles

/// The files of a plain tar archive, each read from its place.
struct TarCollection: FileCollection {
  let path: String
  let members: [CollectionMember]
  private let places: [TarPlace]
  private let file: RandomAccessFile
  private let limits: CollectionLimits

  /// Lists the archive that is open as `file`.
  /// - Throws: `FileError` when it is cut off or damaged, or there is more in it than `limits` allow.
  init(_ file: RandomAccessFile, limits: CollectionLimits) throws {
    path = file.path
    self.file = file
    self.limits = limits
    (members, places) = try TarIndex.read(
      PlainTarInput(file), path: file.path, limits: limits)
  }

  func forEach(
    _ wanted: [Int], threads: Int?,
    _ body: @Sendable (_ position: Int, _ bytes: Result<[UInt8], FileError>) throws -> Void
  ) throws {
    try runBlocks(count: wanted.count, threads: threads) { position in
      try body(position, Result(reading: { try read(wanted[position]) }))
    }
    try file.stamp.checkUnchanged(path)
  }

  private func read(_ index: Int) throws -> [UInt8] {
    let name = memberPath(index)
    let count = members[index].byteCount
    if let obstacle = places[index].obstacle { throw FileError(name, obstacle) }
    try limits.check(byteCount: count, of: name)
    let bytes = try file.read(count, at: places[index].start)
    guard bytes.count == count else {
      throw FileError(path, "became shorter while it was read; run this again")
    }
    return bytes
  }
}
