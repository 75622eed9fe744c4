import JointVAEFiles

/// Where the contents of a tar archive's files are.
struct TarIndex<Input: TarInput> {
  private let path: String
  private let limits: CollectionLimits
  private var input: Input
  private var list: MemberList<TarPlace>
  /// What came before the header of the member it is about.
  private var longName: [UInt8]?
  private var records = PaxRecords()

  /// Reads all headers of the archive at `path`.
  /// - Throws: `FileError` when one of them is damaged or lies, or there is more than `limits` allow.
  static func read(
    _ input: Input, path: String, limits: CollectionLimits
  ) throws -> (members: [CollectionMember], places: [TarPlace]) {
    var index = TarIndex(
      path: path, limits: limits, input: input, list: MemberList(path, limits))
    while try index.readMember() {}
    try index.input.finish()
    return try index.list.sorted()
  }

  /// Reads a header and goes past its content; false at the end of the archive.
  private mutating func readMember() throws -> Bool {
    let position = input.position
    let block = try input.read(TarHeader.byteCount)
    guard block.count == TarHeader.byteCount else {
      throw FileError(
        path,
        "is a tar archive that is cut off: it ends at byte \(input.position) without its end mark; "
          + "fetch it again")
    }
    // The end is a block of zeros; the second one that the format asks for has no use.
    if block.allSatisfy({ $0 == 0 }) { return false }
    let header = try TarHeader(block, at: position, in: path)
    switch header.kind {
    case .longName:
      var name = try readAll(header, at: position)
      while name.last == 0 { name.removeLast() }
      longName = name
      return true
    case .records:
      guard let records = PaxRecords(try readAll(header, at: position)) else {
        throw FileError(
          path,
          "is a damaged tar archive: the records at byte \(position) are malformed; fetch it again")
      }
      self.records = records
      return true
    case .other:
      try skip(header.size, at: position)
      return true
    case .file, .withoutContent, .unsupported:
      try finishMember(header, at: position)
      (longName, records) = (nil, PaxRecords())
      return true
    }
  }

  private mutating func finishMember(_ header: TarHeader, at position: Int) throws {
    // POSIX gives folders, links and devices no content, whatever size they have.
    if header.kind == .withoutContent { return }
    if header.isContinued { try skipMap() }
    let start = input.position
    let size = records.size ?? header.size
    let name = records.path ?? longName ?? header.name
    let isNamed = FileName.isImage(String(decoding: name, as: UTF8.self))
    let content = try input.read(isNamed ? 0 : min(size, FileFormat.startLength))
    try skip(size, read: content.count, at: position)
    guard let clean = try MemberName.clean(name, in: path, depth: limits.depth) else { return }
    var obstacle: String?
    if case .unsupported(let reason) = header.kind { obstacle = reason }
    if records.isSparse { obstacle = "is stored with holes (a sparse file)" }
    try list.add(
      clean, byteCount: size,
      place: TarPlace(
        start: start, obstacle: obstacle.map { $0 + "; unpack the archive and pass the folder" },
        format: FileFormat(content)))
  }

  /// Goes past the blocks of a map of holes, each of which shows whether another follows.
  private mutating func skipMap() throws {
    var isContinued = true
    while isContinued {
      let position = input.position
      let block = try input.read(TarHeader.byteCount)
      guard block.count == TarHeader.byteCount else { throw cutOff(0, at: position) }
      isContinued = block[504] != 0
    }
  }

  /// The content of a member that describes the next one.
  private mutating func readAll(_ header: TarHeader, at position: Int) throws -> [UInt8] {
    guard header.size <= 1 << 20 else {
      throw FileError(
        path,
        "is a damaged tar archive: the header at byte \(position) claims \(header.size) bytes about "
          + "one member; expected at most \(1 << 20)")
    }
    let bytes = try input.read(header.size)
    guard bytes.count == header.size, try input.skip(padding(header.size)) else {
      throw cutOff(header.size, at: position)
    }
    return bytes
  }

  /// Goes past a content of `size` bytes, of which `count` are read.
  private mutating func skip(_ size: Int, read count: Int = 0, at position: Int) throws {
    let (padded, overflows) = size.addingReportingOverflow(padding(size))
    guard !overflows, try input.skip(padded - count) else { throw cutOff(size, at: position) }
  }

  /// Bytes from the end of a content of `size` bytes to the next block.
  private func padding(_ size: Int) -> Int {
    (TarHeader.byteCount - size % TarHeader.byteCount) % TarHeader.byteCount
  }

  private func cutOff(_ size: Int, at position: Int) -> FileError {
    FileError(
      path,
      "is cut off or damaged: its header at byte \(position) claims \(size) bytes, but the tar "
        + "archive ends before; fetch it again")
  }
}

/// Where a member of a tar archive is.
struct TarPlace: Sendable {
  /// The first byte of its content in the unpacked archive.
  var start: Int
  /// Why it cannot be read, if so.
  var obstacle: String?
  /// What its first bytes show, which are read only where the name is not that of an image.
  var format: FileFormat?
}
