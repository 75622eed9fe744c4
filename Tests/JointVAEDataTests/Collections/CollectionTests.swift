import Foundation
import JointVAEData
import JointVAEFiles
import Synchronization
import TestSupport
import Testing

/// The kinds of collections that hold the same files.
enum CollectionKind: String, CaseIterable {
  case folder, zip, tar, packedTar

  /// Makes a collection of `files` in `folder` and returns its path. Its name says nothing.
  func make(_ files: [(name: String, bytes: [UInt8])], in folder: TemporaryFolder) throws -> String
  {
    switch self {
    case .folder:
      for file in files { try folder.write(file.bytes, as: "files/\(file.name)") }
      return "\(folder.path)/files"
    case .zip:
      try ZipBytes.write(files, to: "\(folder.path)/files")
      return "\(folder.path)/files"
    case .tar, .packedTar:
      var tar = TarBytes()
      for file in files { tar.add(file.name, file.bytes) }
      return try folder.write(
        self == .tar ? tar.complete : gzipped(tar.complete), as: "files")
    }
  }
}

@Suite("Files of folders and archives are read in place")
struct CollectionTests {
  private static let files: [(name: String, bytes: [UInt8])] = [
    ("b/10.png", Array("ten".utf8)), ("b/2.png", [UInt8](repeating: 7, count: 3000)),
    ("a b/1.png", [1]), ("a/1.png", []), ("b/01.png", Array(0...255)),
    ("b/.hidden.png", [9]), ("__MACOSX/b/2.png", [9]), ("b/Thumbs.db", [9]),
    (".git/x.png", [9]), ("größe.png", [8, 8]), ("b/1.png", Array("one".utf8)),
  ]
  private static let names = [
    "a/1.png", "a b/1.png", "b/1.png", "b/01.png", "b/2.png", "b/10.png", "größe.png",
  ]

  @Test(
    "members are the same, in natural order, whatever holds them",
    arguments: CollectionKind.allCases)
  func members(kind: CollectionKind) throws {
    let folder = try TemporaryFolder()
    let collection = try openedCollection(kind.make(Self.files, in: folder))
    #expect(collection.names == Self.names)
    #expect(collection.members.map(\.byteCount) == [0, 1, 3, 256, 3000, 3, 2])
    #expect(collection.memberPath(2) == "\(collection.path)/b/1.png")
  }

  @Test(
    "every wanted member comes once, with its position, by any number of threads",
    arguments: CollectionKind.allCases, [1, 2, 5])
  func reading(kind: CollectionKind, threads: Int) throws {
    let folder = try TemporaryFolder()
    let collection = try openedCollection(kind.make(Self.files, in: folder))
    let expected = Self.names.map { name in Self.files.first { $0.name == name }?.bytes }
    #expect(try collection.contents(threads: threads) == expected)
    let wanted = [5, 0, 4, 4, 6, 0, 1]
    let results = try collection.results(wanted, threads: threads)
    #expect(try results.map { try $0.get() } == wanted.map { expected[$0] })
    #expect(try collection.results([], threads: threads).isEmpty)
  }

  @Test("many members, more than one piece of work has", arguments: CollectionKind.allCases)
  func many(kind: CollectionKind) throws {
    let folder = try TemporaryFolder()
    let files = (0..<700).map { number in
      (name: "\(number)", bytes: [UInt8](repeating: UInt8(number % 251), count: 9 * number))
    }
    let collection = try openedCollection(kind.make(files, in: folder))
    #expect(collection.names == (0..<700).map(String.init))
    #expect(try collection.contents() == files.map(\.bytes))
    let backwards = Array((0..<700).reversed())
    #expect(
      try collection.results(backwards).map { try $0.get() } == files.map(\.bytes).reversed())
  }

  @Test(
    "a member is read a little at a time, however large it is", arguments: CollectionKind.allCases)
  func source(kind: CollectionKind) throws {
    let folder = try TemporaryFolder()
    let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let path = try kind.make([("a", [1, 2]), ("b", large), ("c", [])], in: folder)
    let collection = try openedCollection(path, limits: CollectionLimits(memberByteCount: 10))
    let source = try collection.source(of: 1)
    #expect(source.path == "\(path)/b" && source.largestByteCount == large.count)
    var bytes: [UInt8] = []
    while true {
      let piece = try source.next(70_000)
      bytes += piece
      if piece.count < 70_000 { break }
    }
    #expect(bytes == large)
    #expect(try collection.source(of: 0).next(100) == [1, 2])
    #expect(try collection.source(of: 2).next(100).isEmpty)
  }

  struct Stop: Error, Equatable { var position: Int }

  @Test(
    "an error thrown at several positions is that of the smallest",
    arguments: CollectionKind.allCases, [1, 2, 5])
  func failure(kind: CollectionKind, threads: Int) throws {
    let folder = try TemporaryFolder()
    let files = (0..<300).map { (name: "\($0)", bytes: [UInt8](repeating: 1, count: 9000)) }
    let collection = try openedCollection(kind.make(files, in: folder))
    // The first in the archive is the last that is wanted.
    let wanted = Array((0..<300).reversed())
    for failing in [[0], [299], [40, 41, 250], [299, 298, 3]] {
      #expect(throws: Stop(position: failing.min() ?? 0)) {
        try collection.forEach(wanted, threads: threads) { position, _ in
          if failing.contains(position) { throw Stop(position: position) }
        }
      }
    }
  }

  @Test("a member beyond the limit is an error of its own", arguments: CollectionKind.allCases)
  func memberLimit(kind: CollectionKind) throws {
    let folder = try TemporaryFolder()
    let files = [(name: "a", bytes: [UInt8](repeating: 1, count: 11)), (name: "b", bytes: [2])]
    let path = try kind.make(files, in: folder)
    let collection = try openedCollection(path, limits: CollectionLimits(memberByteCount: 10))
    let results = try collection.results([0, 1])
    #expect(
      throws: FileError("\(path)/a", "holds 11 bytes; expected at most 10")
    ) { try results[0].get() }
    #expect(try results[1].get() == [2])
  }

  @Test("too many members, and too many folders, are refused", arguments: CollectionKind.allCases)
  func countAndDepth(kind: CollectionKind) throws {
    let folder = try TemporaryFolder()
    let path = try kind.make([("a/b/c/d.png", [1]), ("e.png", [2])], in: folder)
    var error = #expect(throws: FileError.self) {
      try FileCollections.open(path, limits: CollectionLimits(memberCount: 1))
    }
    #expect(error?.path == path && error?.problem.contains("more than 1 files") == true)
    error = #expect(throws: FileError.self) {
      try FileCollections.open(path, limits: CollectionLimits(depth: 2))
    }
    #expect(error?.path.hasPrefix(path) == true && error?.problem.contains("more than 2") == true)
  }

  @Test(
    "an archive replaced while it is read is an error",
    arguments: [CollectionKind.zip, .tar, .packedTar])
  func replaced(kind: CollectionKind) throws {
    let folder = try TemporaryFolder()
    let path = try kind.make(Self.files, in: folder)
    let collection = try openedCollection(path)
    let expected = FileError(
      path, "was changed, replaced or removed while it was read; run this again")
    #expect(throws: expected) {
      try collection.forEach(Array(collection.members.indices), threads: 2) { position, _ in
        if position == 0 {
          try FileManager.default.copyItem(atPath: path, toPath: path + "-copy")
          _ = rename(path + "-copy", path)
        }
      }
    }
    #expect(throws: expected) { try collection.contents() }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: expected) { try collection.contents() }
  }

  @Test("what is no collection is told from one, and what is not there is an error")
  func others() throws {
    let folder = try TemporaryFolder()
    for bytes: [UInt8] in try [
      [], [1, 2, 3], Array("label,pixel\n".utf8), gzipped(Array("1,2,3\n".utf8)),
      [UInt8](repeating: 0, count: 2048), gzipped([UInt8](repeating: 65, count: 5000)),
    ] {
      let path = try folder.write(bytes, as: "file.zip")
      #expect(try FileCollections.open(path) == nil)
    }
    #expect(
      throws: FileError("\(folder.path)/none", "cannot be opened: No such file or directory")
    ) { try FileCollections.open("\(folder.path)/none") }
    #expect(throws: FileError("/dev/null", "is a folder or a device; expected a file")) {
      try FileCollections.open("/dev/null")
    }
  }

  @Test("an empty folder and empty archives have no members")
  func empty() throws {
    let folder = try TemporaryFolder()
    #expect(try openedCollection(folder.path).members.isEmpty)
    let zip = try folder.write([0x50, 0x4b, 5, 6] + [UInt8](repeating: 0, count: 18), as: "a")
    #expect(try openedCollection(zip).members.isEmpty)
    var tar = TarBytes()
    tar.add("folder/", flag: "5")
    #expect(try openedCollection(folder.write(tar.complete, as: "b")).members.isEmpty)
  }
}
