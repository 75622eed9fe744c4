import Foundation
import JointVAEDownload
import JointVAEFiles
import TestSupport
import Testing

@Suite(
  "jointvae data fetch",
  .enabled(if: LocalServer.isAvailable, "no python3 to serve files with"))
struct FetchTests {
  @Test("fetches the files of a list from a mirror, goes on after an end, and knows them again")
  func list() throws {
    let server = try LocalServer()
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let lengths = [100_000, 3_000]
      let lines = lengths.map {
        "\(Checksum.sha256("").digest(of: LocalServer.content($0)))  \($0)\n"
      }
      try AtomicFile.write(lines.joined(), to: "\(folder)/SUMS")
      // As a download that was ended leaves it.
      try FileManager.default.createDirectory(
        atPath: "\(folder)/set", withIntermediateDirectories: true)
      try AtomicFile.write(
        Array(LocalServer.content().prefix(60_000)), to: "\(folder)/set/100000.partial")
      let call = [
        "data", "fetch", "--checksums", "SUMS", "--mirror",
        "http://127.0.0.1:\(server.port)/whole", "--to", "set",
      ]
      let first = try program.run(call)
      #expect(first.exitCode == 0, "\(first.standardError)")
      #expect(first.standardOutput == "set/100000\nset/3000\n")
      #expect(
        try server.requests() == ["/whole/100000 bytes=60000- -", "/whole/3000 - -"])
      for length in lengths {
        #expect(
          try BoundedFile.read("\(folder)/set/\(length)", limit: 1 << 20)
            == LocalServer.content(length))
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/set").sorted()
          == ["100000", "3000"])
      let again = try program.run(call)
      #expect(
        again.standardOutput == "set/100000 is there already\nset/3000 is there already\n")
    }
  }

  @Test("keeps nothing of files that are others than the list's, and names the mirror")
  func wrong() throws {
    let server = try LocalServer()
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let digest = String(repeating: "0", count: 64)
      try AtomicFile.write("\(digest)  3000\n", to: "\(folder)/SUMS")
      let mirror = "http://127.0.0.1:\(server.port)/whole"
      let output = try program.run(
        "data", "fetch", "--checksums", "SUMS", "--mirror", mirror, "--to", "set")
      #expect(output.exitCode == 1)
      #expect(output.standardError.contains("\(mirror)/3000"), "\(output.standardError)")
      #expect(output.standardError.contains(digest))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["SUMS"])
    }
  }

  @Test("asks for what is missing beside a list, and for a name without one")
  func usage() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for (options, words) in [
        (["--checksums", "SUMS"], "pass --mirror URL and --to FOLDER"),
        (
          ["--checksums", "SUMS", "--mirror", "http://localhost"],
          "pass --mirror URL and --to FOLDER"
        ),
        (["mnist", "--checksums", "SUMS"], "leave out mnist"), ([], "Name one, such as mnist"),
      ] {
        let output = try program.run(["data", "fetch"] + options)
        #expect(output.exitCode == 64 && output.standardError.contains(words))
      }
      try program.fails(
        "data fetch --checksums SUMS --mirror http://localhost --to set",
        "SUMS: cannot be opened: No such file or directory")
    }
  }
}
