import CZip
import Foundation
import JointVAEData
import JointVAEFiles
import TestSupport
import Testing

@Suite("Zip archives that are damaged, lie, or are not to be trusted")
struct ZipTests {
  let folder: TemporaryFolder
  let zeros = [UInt8](repeating: 0, count: 3 << 20)
  let text = Array(repeating: "some text that deflate likes. ", count: 200).joined().utf8

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ bytes: [UInt8], limits: CollectionLimits = .standard) throws -> String {
    let path = try folder.write(bytes, as: "archive.zip")
    let error = #expect(throws: FileError.self) {
      try FileCollections.open(path, limits: limits)
    }
    #expect(error?.path == path)
    return error?.problem ?? ""
  }

  private func results(_ bytes: [UInt8]) throws -> [Result<[UInt8], FileError>] {
    let collection = try openedCollection(folder.write(bytes, as: "archive.zip"))
    return try collection.results(Array(collection.members.indices))
  }

  @Test("an archive cut off anywhere is an error")
  func truncated() throws {
    let bytes = try ZipBytes.archive(
      [("a.png", Array(text)), ("b.png", [1, 2, 3])], in: folder.path)
    for count in 4..<bytes.count {
      let problem = try problem(Array(bytes[..<count]))
      #expect(
        problem.hasPrefix("is a zip archive that is cut off") || problem.hasPrefix("is a damaged"),
        "\(count): \(problem)")
    }
  }

  @Test("an encrypted member is named, and the others are read")
  func encrypted() throws {
    let path = "\(folder.path)/secret.zip"
    try ZipBytes.write([("a.png", Array(text))], to: path, password: "open sesame")
    let collection = try openedCollection(path)
    let result = try collection.results([0])[0]
    #expect(
      throws: FileError(
        "\(path)/a.png",
        "is encrypted; unpack the archive with its password and pass the folder")
    ) { try result.get() }
  }

  @Test("a way of packing that is not supported is named")
  func method() throws {
    var bytes = try ZipBytes.archive(
      [("a.png", Array(text)), ("b.png", [1, 2])], in: folder.path)
    ZipBytes.put(97, count: 2, at: ZipBytes.directoryEntries(bytes)[0] + 10, in: &bytes)
    let results = try results(bytes)
    let error = #expect(throws: FileError.self) { try results[0].get() }
    #expect(error?.path.hasSuffix("archive.zip/a.png") == true)
    #expect(error?.problem.hasPrefix("is packed by method 97") == true)
    #expect(try results[1].get() == [1, 2])
  }

  @Test("a member whose bytes changed is an error of its own")
  func checksum() throws {
    var bytes = try ZipBytes.archive(
      [("a.png", [5, 6, 7, 8]), ("b.png", [1, 2])], in: folder.path)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: [5, 6, 7, 8]) })
    bytes[place] = 9
    let results = try results(bytes)
    let error = #expect(throws: FileError.self) { try results[0].get() }
    #expect(error?.problem.hasPrefix("cannot be unpacked: CRC error") == true)
    #expect(try results[1].get() == [1, 2])
  }

  @Test(
    "a directory that gives another size than the data has is an error", arguments: [-1, 1, 50])
  func size(difference: Int) throws {
    var bytes = try ZipBytes.archive(
      [("a.png", Array(text)), ("b.png", [1, 2])], in: folder.path)
    ZipBytes.put(
      text.count + difference, count: 4, at: ZipBytes.directoryEntries(bytes)[0] + 24, in: &bytes)
    let results = try results(bytes)
    let error = #expect(throws: FileError.self) { try results[0].get() }
    #expect(error?.problem.contains("damaged") == true, "\(String(describing: error))")
    #expect(try results[1].get() == [1, 2])
  }

  @Test("a member that claims more than deflate can pack is refused")
  func ratio() throws {
    var bytes = try ZipBytes.archive([("zeros", zeros)], in: folder.path)
    let packed = try results(bytes)
    #expect(try packed[0].get() == zeros)
    ZipBytes.put(1 << 30, count: 4, at: ZipBytes.directoryEntries(bytes)[0] + 24, in: &bytes)
    let problem = try problem(bytes)
    #expect(problem.contains("1073741824 bytes of its member \"zeros\""))
    #expect(problem.contains("which cannot be"))
  }

  @Test("members that share their bytes are refused")
  func overlap() throws {
    var bytes = try ZipBytes.archive(
      [("a", Array(text)), ("b", Array(text)), ("c", Array(text))], in: folder.path)
    for entry in ZipBytes.directoryEntries(bytes) {
      ZipBytes.put(bytes.count / 2, count: 4, at: entry + 20, in: &bytes)
    }
    #expect(try problem(bytes).contains("its members overlap"))
  }

  @Test("an archive that unpacks to more than the limit is refused")
  func total() throws {
    let bytes = try ZipBytes.archive([("a", zeros), ("b", zeros)], in: folder.path)
    let problem = try problem(bytes, limits: CollectionLimits(totalByteCount: 5 << 20))
    #expect(problem.hasPrefix("unpacks to more than 5242880 bytes"))
  }

  @Test(
    "a name that leads elsewhere is refused, and shown",
    arguments: ["../aa.png", "b/../a.png", "/abcd.png", "C:/aa.png", "..\\aa.png"])
  func names(name: String) throws {
    let plain = String("abcdefghijklmn".prefix(name.utf8.count))
    let bytes = try ZipBytes.archive([(plain, [1])], in: folder.path)
    let problem = try problem(ZipBytes.renaming(plain, to: name, in: bytes))
    #expect(problem.contains("\"\(name.replacing("\\", with: "/"))\", which"))
    #expect(problem.contains("not to be trusted"))
  }

  @Test("two members of one name are refused")
  func duplicates() throws {
    let bytes = try ZipBytes.archive([("aaaa", [1]), ("bbbb", [2])], in: folder.path)
    #expect(
      try problem(ZipBytes.renaming("bbbb", to: "aaaa", in: bytes))
        .contains("holds two members named \"aaaa\""))
  }

  @Test("Windows' separators, folders, links and names with controls are understood")
  func kinds() throws {
    let path = "\(folder.path)/kinds.zip"
    try ZipBytes.write(
      [("a\\b.png", [1]), ("folder/", []), ("link", Array("a".utf8)), ("x\u{1b}[2J.png", [2])],
      to: path, links: ["link"])
    let collection = try openedCollection(path)
    #expect(collection.names == ["a/b.png", "x\u{fffd}[2J.png"])
    #expect(try collection.contents() == [[1], [2]])
  }
}
