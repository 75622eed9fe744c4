import JointVAEFiles
import Synchronization

/// The files of a zip archive, unpacked one by one as they are asked for.
struct ZipCollection: FileCollection {
  let path: String
  let members: [CollectionMember]
  private let places: [Place]
  private let stamp: FileStamp
  private let limits: CollectionLimits

  private struct Place: Sendable {
    var index: Int
    /// Why it cannot be read, if so.
    var obstacle: String?
  }

  /// Reads the directory of the archive at `path`.
  /// - Throws: `FileError` when it is cut off or damaged, or there is more in it than `limits` allow
  ///   or than it can hold.
  init(_ path: String, limits: CollectionLimits) throws {
    guard let stamp = FileStamp(path) else {
      throw FileError(path, "cannot be opened: \(systemReason())")
    }
    let reader = try ZipReader(path)
    var list = MemberList<Place>(path, limits)
    var sizes = ZipSizes(path, archiveByteCount: stamp.size, limits)
    var entries: [ZipEntry] = []
    for index in 0..<reader.count {
      let entry = try reader.entry(index)
      try sizes.add(entry)
      entries.append(entry)
    }
    let encoding = NameEncoding.likeliest(of: entries.filter { !$0.isUTF8 }.map(\.name))
    for index in entries.indices {
      if let encoding, !entries[index].isUTF8 {
        entries[index].name = encoding.decoded(entries[index].name)
      }
      let entry = entries[index]
      guard entry.isRegularFile,
        let name = try MemberName.clean(entry.name, in: path, depth: limits.depth)
      else { continue }
      try list.add(
        name, byteCount: entry.byteCount, place: Place(index: index, obstacle: entry.obstacle))
    }
    (members, places) = try list.sorted()
    self.path = path
    self.stamp = stamp
    self.limits = limits
    try stamp.checkUnchanged(path)
  }

  func forEach(
    _ wanted: [Int], threads: Int?,
    _ body: @Sendable (_ position: Int, _ bytes: Result<[UInt8], FileError>) throws -> Void
  ) throws {
    let readers = ZipReaders(path)
    // A replaced archive would be read by numbers that mean something else there.
    try stamp.checkUnchanged(path)
    try runBlocks(count: wanted.count, threads: threads) { position in
      let reader = try readers.take()
      let bytes = try Result(reading: { try read(wanted[position], by: reader) })
      readers.giveBack(reader)
      try body(position, bytes)
    }
    try stamp.checkUnchanged(path)
  }

  func formats(of wanted: [Int], threads: Int?) throws -> [FileFormat?] {
    guard !wanted.isEmpty else { return [] }
    let readers = ZipReaders(path)
    let formats = try formats(of: wanted, threads: threads) { index in
      let reader = try readers.take()
      defer { readers.giveBack(reader) }
      return try open(index, by: reader).next(FileFormat.startLength)
    }
    try stamp.checkUnchanged(path)
    return formats
  }

  func source(of index: Int) throws -> any ByteSource {
    let source = try open(index, by: ZipReader(path))
    try stamp.checkUnchanged(path)
    return source
  }

  private func read(_ index: Int, by reader: ZipReader) throws -> [UInt8] {
    let count = members[index].byteCount
    if let refusal = limits.refusal(byteCount: count, of: memberPath(index)) { throw refusal }
    return try open(index, by: reader).all()
  }

  private func open(_ index: Int, by reader: ZipReader) throws -> ZipMemberBytes {
    let name = memberPath(index)
    let place = places[index]
    if let obstacle = place.obstacle { throw FileError(name, obstacle) }
    return try ZipMemberBytes(
      reader, index: place.index, byteCount: members[index].byteCount, name: name)
  }
}

/// One reader for each thread, as libzip's are not for several at once.
private final class ZipReaders: Sendable {
  private let path: String
  private let free = Mutex<[ZipReader]>([])

  init(_ path: String) { self.path = path }

  /// A reader that no other thread uses.
  func take() throws -> ZipReader {
    try free.withLock { $0.popLast() } ?? ZipReader(path)
  }

  func giveBack(_ reader: ZipReader) { free.withLock { $0.append(reader) } }
}

/// Adds up the sizes of a zip's directory, which a bomb cannot make plausible.
///
/// Bombs either claim more than deflate can pack, or let many members share the same packed bytes
/// (Fifield 2019, "A better zip bomb"), which then are more than the archive has.
private struct ZipSizes {
  private let path: String
  private let archiveByteCount: Int
  private let limits: CollectionLimits
  private var packedCount = 0
  private var unpackedCount = 0

  init(_ path: String, archiveByteCount: Int, _ limits: CollectionLimits) {
    self.path = path
    self.archiveByteCount = archiveByteCount
    self.limits = limits
  }

  mutating func add(_ entry: ZipEntry) throws {
    guard !CollectionLimits.isImpossible(packed: entry.packedCount, unpacked: entry.byteCount)
    else {
      throw FileError(
        path,
        "claims to have packed the \(entry.byteCount) bytes of its member "
          + "\(MemberName.repaired(entry.name).quoted) into \(entry.packedCount), which cannot be; it "
          + "is not to be trusted")
    }
    let (packed, overflows) = packedCount.addingReportingOverflow(entry.packedCount)
    guard !overflows, packed <= archiveByteCount else {
      throw FileError(
        path,
        "claims to hold more packed bytes than the \(archiveByteCount) it has: its members overlap; "
          + "it is cut off or not to be trusted")
    }
    let (unpacked, overflowsToo) = unpackedCount.addingReportingOverflow(entry.byteCount)
    guard !overflowsToo, unpacked <= limits.totalByteCount else {
      throw FileError(
        path,
        "unpacks to more than \(limits.totalByteCount) bytes; unpack it and pass the folder")
    }
    (packedCount, unpackedCount) = (packed, unpacked)
  }
}
