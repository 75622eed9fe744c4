import JointVAEFiles

/// The files of a folder and of the folders in it.
struct FolderCollection: FileCollection {
  let path: String
  let members: [CollectionMember]
  let emptyFolders: [String]
  /// Where the members are, below the folder, as the system calls them.
  private let places: [FolderPlace]
  private let limits: CollectionLimits

  /// Lists the folder at `path`, links followed.
  /// - Throws: `FileError` when a folder cannot be read, or there is more in it than `limits` allow.
  init(_ path: String, limits: CollectionLimits) throws {
    self.path = path
    self.limits = limits
    var walk = FolderWalk(path, limits)
    try walk.enter([])
    (members, places) = try walk.list.sorted()
    emptyFolders = walk.emptyFolders
  }

  func forEach(
    _ wanted: [Int], threads: Int?,
    _ body: @Sendable (_ position: Int, _ bytes: Result<[UInt8], FileError>) throws -> Void
  ) throws {
    try runBlocks(count: wanted.count, threads: threads) { position in
      let bytes = try Result(reading: {
        try BoundedFile.read(filePath(wanted[position]), limit: limits.memberByteCount)
      })
      try body(position, bytes)
    }
  }

  func formats(of wanted: [Int], threads: Int?) throws -> [FileFormat?] {
    try formats(of: wanted, threads: threads) {
      try FileBytes(filePath($0)).next(FileFormat.startLength)
    }
  }

  func source(of index: Int) throws -> any ByteSource { try FileBytes(filePath(index)) }

  /// Where the members are; without those whose names are not text, which cannot be read.
  var filePaths: [String] { members.indices.compactMap { try? filePath($0) } }

  private func filePath(_ index: Int) throws -> String {
    try places[index].path(in: path, name: memberPath(index))
  }
}
