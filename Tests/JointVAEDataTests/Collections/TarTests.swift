import Foundation
import JointVAEData
import JointVAEFiles
import TestSupport
import Testing

@Suite("Tar archives of every dialect, and those that lie")
struct TarTests {
  let folder: TemporaryFolder
  let long = Array(repeating: "folder", count: 30).joined(separator: "/") + "/image.png"

  init() throws { folder = try TemporaryFolder() }

  /// Opens the archive plain and packed; both must say the same.
  private func opened(_ bytes: [UInt8]) throws -> any FileCollection {
    let plain = try openedCollection(folder.write(bytes, as: "archive.tar"))
    let packed = try openedCollection(folder.write(gzipped(bytes), as: "archive.tgz"))
    #expect(plain.members == packed.members)
    let wanted = Array(plain.members.indices)
    let results = zip(try plain.results(wanted), try packed.results(wanted))
    for (one, other) in results {
      #expect((try? one.get()) == (try? other.get()))
    }
    return plain
  }

  private func problem(
    _ bytes: [UInt8], limits: CollectionLimits = .standard
  ) throws -> String {
    var problems: [String] = []
    for (name, bytes) in [("archive.tar", bytes), ("archive.tgz", try gzipped(bytes))] {
      let path = try folder.write(bytes, as: name)
      let error = #expect(throws: FileError.self) {
        try FileCollections.open(path, limits: limits)
      }
      #expect(error?.path == path)
      problems.append(error?.problem ?? "")
    }
    #expect(problems[0] == problems[1])
    return problems[0]
  }

  @Test("long names come whole from prefixes, GNU's members and POSIX's records")
  func longNames() throws {
    var tar = TarBytes()
    tar.add("a.png", [1], prefix: "prefix")
    tar.add("././@LongLink", Array("gnu/\(long)\u{0}".utf8), flag: "L")
    tar.add(String("gnu/\(long)".prefix(100)), [2])
    tar.addRecords([("mtime", "1.5"), ("path", "pax/\(long)"), ("comment", "a=b\nc")])
    tar.add("short", [3])
    tar.add("short", [4], prefix: "times", magic: "ustar  \u{0}")
    let collection = try opened(tar.complete)
    #expect(collection.names == ["gnu/\(long)", "pax/\(long)", "prefix/a.png", "short"])
    #expect(try collection.contents() == [[2], [3], [1], [4]])
  }

  @Test("sizes come from octal digits, GNU's bytes and POSIX's records")
  func sizes() throws {
    var tar = TarBytes()
    tar.add("a", [1, 2, 3], size: Array("          3 ".utf8))
    tar.add("b", [4, 5], size: TarBytes.base256(2))
    tar.addRecords([("size", "3")])
    tar.add("c", [6, 7, 8], size: Array("00000000000\u{0}".utf8))
    tar.add("d", [], size: [UInt8](repeating: 0, count: 12))
    let collection = try opened(tar.complete)
    #expect(try collection.contents() == [[1, 2, 3], [4, 5], [6, 7, 8], []])
  }

  @Test("folders, links, devices and volume labels are skipped, old archives are read")
  func kinds() throws {
    var tar = TarBytes()
    tar.add("pax", TarBytes.record("comment", "of all"), flag: "g")
    tar.add("label", flag: "V")
    tar.add("folder/", flag: "5")
    tar.add("old/", flag: "\u{0}", magic: "")
    tar.add("hard", flag: "1", size: Array("00000001000\u{0}".utf8))
    for (name, flag) in [("soft", "2"), ("character", "3"), ("block", "4"), ("pipe", "6")] {
      tar.add(name, flag: Character(flag))
    }
    tar.add("unknown", [1, 2], flag: "Z")
    tar.add("old/a", [3], flag: "\u{0}", magic: "")
    tar.add("./contiguous", [4], flag: "7")
    let collection = try opened(tar.complete)
    #expect(collection.names == ["contiguous", "old/a"])
    #expect(try collection.contents() == [[4], [3]])
  }

  @Test("a checksum of signed bytes counts, as old programs wrote it")
  func signedChecksum() throws {
    var tar = TarBytes()
    tar.add("größe", [1])
    var bytes = tar.complete
    let sum = bytes[0..<512].enumerated().reduce(0) { sum, byte in
      sum + (148..<156 ~= byte.offset ? 0x20 : Int(Int8(bitPattern: byte.element)))
    }
    bytes.replaceSubrange(148..<154, with: TarBytes.octal(sum, digits: 6))
    #expect(try opened(bytes).names == ["größe"])
  }

  @Test("a file with holes is named, and the others are read")
  func sparse() throws {
    var tar = TarBytes()
    tar.add("a", [1], flag: "S", magic: "ustar  \u{0}")
    tar.addRecords([("GNU.sparse.major", "1")])
    tar.add("b", [2])
    tar.add("c", [3])
    // The map of the first file's holes goes on in a block of its own.
    var bytes = tar.complete
    bytes[482] = 1
    bytes.replaceSubrange(0..<512, with: TarBytes.withChecksum(Array(bytes[0..<512])))
    bytes.insert(contentsOf: [UInt8](repeating: 0xff, count: 504), at: 512)
    bytes.insert(contentsOf: [0, 0, 0, 0, 0, 0, 0, 0], at: 1016)
    let collection = try opened(bytes)
    let results = try collection.results([0, 1, 2])
    for index in 0..<2 {
      #expect(
        throws: FileError(
          collection.memberPath(index),
          "is stored with holes (a sparse file); unpack the archive and pass the folder")
      ) { try results[index].get() }
    }
    #expect(try results[2].get() == [3])
  }

  @Test("an archive cut off anywhere is an error")
  func truncated() throws {
    var tar = TarBytes()
    tar.add("a", [UInt8](repeating: 1, count: 700))
    tar.addRecords([("path", "b")])
    tar.add("x", [2])
    for count in stride(from: 512, to: tar.bytes.count + 512, by: 64) {
      let problem = try problem(Array(tar.complete[..<count]))
      #expect(problem.contains("cut off"), "\(count): \(problem)")
    }
    // One block of zeros is enough of an end mark.
    #expect(try opened(tar.bytes + [UInt8](repeating: 0, count: 512)).names == ["a", "b"])
    let packed = try gzipped(tar.complete)
    for count in stride(from: packed.count / 2, to: packed.count, by: 3) {
      let path = try folder.write(Array(packed[..<count]), as: "cut.tgz")
      let error = #expect(throws: FileError.self) { try FileCollections.open(path) }
      #expect(error?.problem.contains("ends early") == true)
    }
  }

  @Test("a header with a wrong checksum is named by its place")
  func checksum() throws {
    var tar = TarBytes()
    tar.add("a", [1])
    tar.add("b", [2], hasValidChecksum: false)
    #expect(
      try problem(tar.complete).hasPrefix(
        "is a damaged tar archive: no header with a valid checksum at byte 1024"))
    var first = TarBytes()
    first.add("a", [1], hasValidChecksum: false)
    #expect(try problem(first.complete).contains("at byte 0"))
  }

  @Test("a size that is no number of bytes is an error")
  func badSizes() throws {
    for size in [
      Array("-0000000001\u{0}".utf8), Array("00000000009\u{0}".utf8),
      Array("1 2        \u{0}".utf8),
      TarBytes.base256(-1, first: 0xff), [0x80, 1] + [UInt8](repeating: 0, count: 10),
      TarBytes.base256(.min), Array("12345678\u{0}999".utf8),
    ] {
      var tar = TarBytes()
      tar.add("a", [1], size: size)
      #expect(try problem(tar.complete).contains("a size that is not a number of bytes"))
    }
  }

  @Test("a size beyond the end is an error, and takes no memory")
  func beyondTheEnd() throws {
    for size in [
      Array("77777777777\u{0}".utf8), TarBytes.base256(.max), TarBytes.base256(1 << 50),
      Array("00000004000\u{0}".utf8),
    ] {
      var tar = TarBytes()
      tar.add("a", [1], size: size)
      #expect(try problem(tar.complete).hasPrefix("is cut off or damaged: its header at byte 0"))
      var name = TarBytes()
      name.add("a", [1], flag: "L", size: size)
      #expect(try problem(name.complete).contains("byte 0 claims"))
    }
    var tar = TarBytes()
    tar.addRecords([("size", "9223372036854775807")])
    tar.add("a", [1])
    #expect(try problem(tar.complete).contains("claims 9223372036854775807 bytes"))
  }

  @Test(
    "malformed records are an error",
    arguments: [
      "8 path=a\n", "12 path=a\n", "11 path=abc", "path=a\n", "0 a=b\n", "-7 a=b\n", "7 aabb\n",
      "99999999999999999999 a=b\n", "16 size=-123456\n", "2 \n", "13 size=1234x\n",
    ])
  func badRecords(text: String) throws {
    var tar = TarBytes()
    tar.add("x", Array(text.utf8), flag: "x")
    tar.add("a", [1])
    #expect(try problem(tar.complete).hasPrefix("is a damaged tar archive: the records at byte 0"))
  }

  @Test(
    "a name that leads elsewhere is refused, wherever it comes from",
    arguments: ["../a.png", "b/../../a.png", "/etc/passwd", "..", "D:/a"])
  func names(name: String) throws {
    var plain = TarBytes()
    plain.add(name, [1])
    var long = TarBytes()
    long.add("L", Array(name.utf8), flag: "L")
    long.add("a", [1])
    var records = TarBytes()
    records.addRecords([("path", name)])
    records.add("a", [1])
    for tar in [plain, long, records] {
      #expect(try problem(tar.complete).contains("a member named \"\(name)\", which"))
    }
  }

  @Test("two members of one name are refused, and an unpacked total beyond the limit")
  func duplicatesAndTotal() throws {
    var tar = TarBytes()
    tar.add("a/b", [1])
    tar.add("./a//b", [2])
    #expect(try problem(tar.complete).contains("holds two members named \"a/b\""))
    var large = TarBytes()
    large.add("zeros", [UInt8](repeating: 0, count: 1 << 20))
    let path = try folder.write(gzipped(large.complete), as: "large.tgz")
    let error = #expect(throws: FileError.self) {
      try FileCollections.open(path, limits: CollectionLimits(totalByteCount: 1 << 19))
    }
    #expect(error?.problem.hasPrefix("unpacks to more than 524288 bytes") == true)
  }

  @Test(
    "Python's archives of each format are read", .enabled(if: Python.has("tarfile")),
    arguments: ["USTAR", "GNU", "PAX"])
  func python(format: String) throws {
    let path = "\(folder.path)/python.tar.gz"
    let script = """
      import io, sys, tarfile
      with tarfile.open(sys.argv[1], 'w:gz', format=getattr(tarfile, sys.argv[2] + '_FORMAT')) as tar:
          for number in range(40):
              folder = 'größe/' + 'part/' * (number if sys.argv[2] != 'USTAR' else 9)
              info = tarfile.TarInfo(folder + 'image.%d.png' % number)
              info.size = 97 * number
              tar.addfile(info, io.BytesIO(bytes([number]) * info.size))
      """
    let output = try Python.run(["-c", script, path, format])
    #expect(output.exitCode == 0, "\(output.text)")
    let collection = try openedCollection(path)
    #expect(collection.members.count == 40)
    for (member, bytes) in zip(collection.members, try collection.contents()) {
      let parts = member.name.split(separator: ".")
      let number = try #require(Int(parts[1]))
      #expect(member.name.hasPrefix("größe/part/") || number == 0)
      #expect(bytes == [UInt8](repeating: UInt8(number), count: 97 * number))
    }
  }
}
