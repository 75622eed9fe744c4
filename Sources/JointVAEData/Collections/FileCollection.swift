import JointVAEFiles
import Synchronization

/// One file inside a collection.
package struct CollectionMember: Hashable, Sendable {
  /// Its path inside, with "/" between the parts. Bytes that are not UTF-8 and what would control a
  /// terminal is replaced by U+FFFD.
  package var name: String
  /// Bytes when unpacked, by the directory.
  package var byteCount: Int

  /// A member.
  package init(name: String, byteCount: Int) {
    self.name = name
    self.byteCount = byteCount
  }
}

/// Files of a folder or an archive, read in place.
package protocol FileCollection: Sendable {
  /// The folder or the archive.
  var path: String { get }

  /// All regular files in natural order of their names ("2.png" before "10.png"). Hidden files and
  /// what systems add on their own ("__MACOSX", "Thumbs.db") are left out.
  var members: [CollectionMember] { get }

  /// Folders inside, named as members are, that hold no file anywhere below them. Archives, which
  /// need not list folders, have none.
  var emptyFolders: [String] { get }

  /// Calls `body` once for every one of `wanted` with its bytes, or with the error that reading
  /// this one gave; from several threads at once, in no certain order. Returns when all are done.
  ///
  /// - Parameters:
  ///   - wanted: indices of `members`, in any order.
  ///   - threads: nil for one a core.
  ///   - body: is given the position in `wanted` and the bytes.
  /// - Throws: what `body` throws for the smallest position for which it throws, or `FileError`
  ///   when the collection as a whole cannot be read or changed meanwhile.
  func forEach(
    _ wanted: [Int], threads: Int?,
    _ body: @Sendable (_ position: Int, _ bytes: Result<[UInt8], FileError>) throws -> Void
  ) throws

  /// What the first bytes of every one of `wanted` show; nil where they show nothing or cannot be read.
  ///
  /// - Parameters:
  ///   - wanted: indices of `members`.
  ///   - threads: nil for one a core.
  /// - Throws: `FileError` when the collection as a whole cannot be read.
  func formats(of wanted: [Int], threads: Int?) throws -> [FileFormat?]

  /// The bytes of the member at `index` a little at a time, however many there are, unpacked on the
  /// way.
  ///
  /// - Throws: `FileError` when it cannot be read.
  func source(of index: Int) throws -> any ByteSource
}

extension FileCollection {
  package var emptyFolders: [String] { [] }

  /// What errors call the member at `index`: the path of the collection, then the name inside.
  package func memberPath(_ index: Int) -> String {
    "\(path)\(path.hasSuffix("/") ? "" : "/")\(members[index].name)"
  }

  /// Calls `body` with each number below `count`, several to a piece of work, as handing one out
  /// costs more than reading a small file.
  func runBlocks(count: Int, threads: Int?, _ body: @Sendable (Int) throws -> Void) throws {
    let length = 32
    try ParallelLoop.run(count: (count + length - 1) / length, threads: threads) { block in
      for position in block * length..<min(count, (block + 1) * length) { try body(position) }
    }
  }
}

extension FileCollection {
  /// What the first bytes of every one of `wanted` show, where `start` reads those of a member.
  func formats(
    of wanted: [Int], threads: Int?, start: @Sendable (_ index: Int) throws -> [UInt8]
  ) throws -> [FileFormat?] {
    let found = Mutex([FileFormat?](repeating: nil, count: wanted.count))
    try runBlocks(count: wanted.count, threads: threads) { position in
      let format = (try? start(wanted[position])).flatMap { FileFormat($0) }
      found.withLock { $0[position] = format }
    }
    return found.withLock { $0 }
  }
}

extension Result where Success == [UInt8], Failure == FileError {
  /// The bytes that `read` returns, or its `FileError`; other errors pass through.
  init(reading read: () throws -> [UInt8]) throws {
    do {
      self = .success(try read())
    } catch let error as FileError {
      self = .failure(error)
    }
  }
}
