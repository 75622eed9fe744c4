import JointVAEDownload
import JointVAEFiles
import TestSupport
import Testing

@Suite("A list of checksums")
struct ChecksumListTests {
  private static let (long, short) = (
    String(repeating: "0a", count: 32), String(repeating: "F1", count: 16)
  )

  private func list(_ text: String) throws -> ChecksumList {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: "\(folder)/SUMS")
      do { return try ChecksumList(contentsOf: "\(folder)/SUMS") } catch let error as FileError {
        #expect(error.path == "\(folder)/SUMS")
        throw FileError("SUMS", error.problem)
      }
    }
  }

  @Test("is read as sha256sum and md5sum print it, and gives files at an address")
  func read() throws {
    let found = try list("\(Self.long)  a b#1.png\r\n\n\(Self.short) *train.npz\n")
    #expect(found.entries.map(\.name) == ["a b#1.png", "train.npz"])
    #expect(
      found.entries.map(\.checksum) == [.sha256(Self.long), .md5(Self.short.lowercased())])
    for address in ["https://example.org/set", "https://example.org/set/"] {
      #expect(
        found.files(at: address).map(\.download.mirrors) == [
          ["https://example.org/set/a%20b%231.png"], ["https://example.org/set/train.npz"],
        ])
    }
  }

  @Test(
    "is refused with its line where a name is a path, digits are missing, or nothing is there",
    arguments: [
      ("\(long)  ../escape", "line 1 "), ("\(long)  a/b", "line 1 "), ("\(long)  ..", "line 1 "),
      ("\(long)  a\\b", "line 1 "), ("\(long)  a\u{1b}b", "line 1 "), ("\(long)  ", "line 1 "),
      ("\(long)  ok\n\(long)  x.partial", "line 2 "), ("\(long) a", "line 1 "),
      ("\(long)0  a", "line 1 "), ("\(short)f  a", "line 1 "), ("<html>", "line 1 "),
      ("\\\(long)  a\\nb", "line 1 "),
      ("\(long)  " + String(repeating: "a", count: 201), "line 1 "),
      ("\(long)  a\n\(short)  a", "names \"a\" twice"), ("", "names no file"),
      ("\n\n", "names no file"),
    ])
  func refused(text: String, problem: String) throws {
    let error = #expect(throws: FileError.self) { try list(text) }
    #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
  }

  @Test("is refused where it is longer than a list may be, or is no text")
  func limits() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/SUMS"
      try AtomicFile.write(String(repeating: "\n", count: (1 << 20) + 1), to: path)
      #expect(throws: FileError.self) { try ChecksumList(contentsOf: path) }
      try AtomicFile.write([0xff, 0xfe], to: path)
      let error = #expect(throws: FileError.self) { try ChecksumList(contentsOf: path) }
      #expect(error?.problem.contains("is not UTF-8") == true)
    }
  }
}
