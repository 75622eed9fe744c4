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

  func formats(of wanted: [Int], threads: Int?) -> [FileFormat?] {
    wanted.map { places[$0].format }
  }

  func source(of index: Int) throws -> any ByteSource {
    let name = memberPath(index)
    if let obstacle = places[index].obstacle { throw FileError(name, obstacle) }
    return TarMemberBytes(
      file, start: places[index].start, byteCount: members[index].byteCount, name: name)
  }

  private func read(_ index: Int) throws -> [UInt8] {
    let count = members[index].byteCount
    if let obstacle = places[index].obstacle { throw FileError(memberPath(index), obstacle) }
    if let refusal = limits.refusal(byteCount: count, of: memberPath(index)) { throw refusal }
    let bytes = try file.read(count, at: places[index].start)
    guard bytes.count == count else {
      throw FileError(path, "became shorter while it was read; run this again")
    }
    return bytes
  }
}

/// The bytes of a member of a plain tar archive.
private final class TarMemberBytes: ByteSource {
  let path: String
  let largestByteCount: Int
  private let file: RandomAccessFile
  private let start: Int
  private var count = 0

  init(_ file: RandomAccessFile, start: Int, byteCount: Int, name: String) {
    self.file = file
    self.start = start
    largestByteCount = byteCount
    path = name
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let room = min(buffer.count, largestByteCount - count)
    let got = try file.read(
      into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(room)), at: start + count)
    guard got == room else {
      throw FileError(file.path, "became shorter while it was read; run this again")
    }
    count += got
    return got
  }
}
