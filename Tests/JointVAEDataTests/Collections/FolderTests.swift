import Foundation
import JointVAEData
import JointVAEFiles
import TestSupport
import Testing

@Suite("Folders with links, holes and names that are no text")
struct FolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("links are followed, but not in circles, and dangling ones are left out")
  func links() throws {
    try folder.write([1], as: "files/a/1.png")
    try folder.write([2], as: "elsewhere/2.png")
    for (target, name) in [
      ("../elsewhere", "files/linked"), ("..", "files/a/up"), (".", "files/self"),
      ("nowhere", "files/dangling"), ("a/1.png", "files/3.png"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(name)", withDestinationPath: target)
    }
    _ = mkfifo("\(folder.path)/files/pipe", 0o600)
    let collection = try openedCollection("\(folder.path)/files")
    #expect(collection.names == ["3.png", "a/1.png", "linked/2.png"])
    #expect(try collection.contents() == [[1], [1], [2]])
  }

  @Test("a name with control characters is repaired, one that is no UTF-8 cannot be read")
  func names() throws {
    try folder.write([1], as: "files/a\u{7}.png")
    let path = Array("\(folder.path)/files/b".utf8).map { CChar(bitPattern: $0) } + [-1, 0]
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
    // Some file systems refuse such a name; then there is nothing to test.
    if descriptor >= 0 { close(descriptor) }
    let collection = try openedCollection("\(folder.path)/files")
    #expect(collection.names.prefix(1) == ["a\u{fffd}.png"])
    let results = try collection.results(Array(collection.members.indices))
    #expect(try results[0].get() == [1])
    if descriptor >= 0 {
      #expect(
        throws: FileError(
          "\(folder.path)/files/b\u{fffd}", "has a name that is not UTF-8; rename it")
      ) { try results[1].get() }
    }
  }

  @Test("a file that is gone is an error of its own")
  func gone() throws {
    try folder.write([1], as: "files/a")
    try folder.write([2], as: "files/b")
    let collection = try openedCollection("\(folder.path)/files/")
    try FileManager.default.removeItem(atPath: "\(folder.path)/files/a")
    let results = try collection.results([0, 1])
    #expect(throws: FileError.self) { try results[0].get() }
    #expect(try results[1].get() == [2])
  }
}
