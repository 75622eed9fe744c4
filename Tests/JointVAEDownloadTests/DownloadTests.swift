import Foundation
import JointVAEDownload
import JointVAEFiles
import TestSupport
import Testing

@Suite(
  "A download", .enabled(if: LocalServer.isAvailable, "no python3 to serve files with"))
struct DownloadTests {
  let server: LocalServer

  init() throws { server = try LocalServer() }

  /// Saves the file from `actions` in a new folder and returns what is there afterwards.
  private func save(
    _ actions: [String], byteCount: Int? = LocalServer.length, partial: [UInt8]? = nil
  ) throws -> (file: [UInt8]?, names: [String], error: (any Error)?) {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      if let partial { try AtomicFile.write(partial, to: path + ".partial") }
      let mirrors = actions.map { $0.contains(":") ? $0 : server.url($0) }
      var thrown: (any Error)?
      do {
        try LocalServer.download(mirrors, byteCount: byteCount).save(
          to: path, policy: LocalServer.hasty)
      } catch {
        thrown = error
      }
      let names = try fileNames(in: folder)
      let file = names.contains("file") ? try BoundedFile.read(path, limit: 1 << 20) : nil
      return (file, names, thrown)
    }
  }

  private func expectSaved(
    _ actions: [String], byteCount: Int? = LocalServer.length, partial: [UInt8]? = nil,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let (file, names, error) = try save(actions, byteCount: byteCount, partial: partial)
    #expect(error == nil, sourceLocation: location)
    #expect(names == ["file"], sourceLocation: location)
    let isRight = file == LocalServer.content()
    #expect(isRight, sourceLocation: location)
  }

  @Test(
    "has the file's bytes in the end, and nothing beside them",
    arguments: [
      "whole", "slow", "unsaid", "cut", "bits", "weak", "norange", "refused", "other", "changed",
      "silent", "stall", "busy", "hop",
    ])
  func whole(_ action: String) throws {
    try expectSaved([action])
    // When only the checksum is known.
    if action != "silent" { try expectSaved([action], byteCount: nil) }
  }

  @Test("asks for the rest of a file that was cut off, of the same version")
  func resumed() throws {
    try expectSaved(["cut"])
    #expect(
      try server.requests() == [
        "/cut/100000 - -", "/cut/100000 bytes=50000- \"one\"",
      ])
  }

  @Test("also behind a redirect")
  func resumedBehindRedirect() throws {
    try expectSaved(["hop"])
    #expect(
      try server.requests().filter { $0.hasPrefix("/cut") } == [
        "/cut/100000 - -", "/cut/100000 bytes=50000- \"one\"",
      ])
  }

  @Test("goes on with what an earlier process left, from whichever mirror")
  func leftover() throws {
    try expectSaved(["whole"], partial: Array(LocalServer.content().prefix(70_000)))
    #expect(try server.requests() == ["/whole/100000 bytes=70000- -"])
  }

  @Test("loses nothing of it to a mirror that has another file")
  func leftoverAndOtherFile() throws {
    try expectSaved(
      ["short", "whole"], partial: Array(LocalServer.content().prefix(70_000)))
    #expect(try server.requests().last == "/whole/100000 bytes=70000- -")
  }

  @Test("asks for nothing when all is there already")
  func complete() throws {
    try expectSaved(["whole"], partial: LocalServer.content())
    try expectSaved(["whole"], byteCount: nil, partial: LocalServer.content())
    #expect(try server.requests().isEmpty)
    try withTemporaryFolder { folder in
      try AtomicFile.write(LocalServer.content(), to: "\(folder)/file")
      // What a process left that was killed when it had finished.
      for name in ["file.partial", "file.partial.source"] {
        try AtomicFile.write("x", to: "\(folder)/\(name)")
      }
      try LocalServer.download([]).save(to: "\(folder)/file")
      #expect(try fileNames(in: folder) == ["file"])
    }
  }

  @Test("starts over when what was left is of another file, or too long")
  func wrongLeftover() throws {
    try expectSaved(["whole"], partial: [UInt8](repeating: 7, count: 1000))
    try expectSaved(["whole"], partial: [UInt8](repeating: 7, count: 100_000))
    try expectSaved(["whole"], partial: [UInt8](repeating: 7, count: 200_000))
    try expectSaved(["whole"], byteCount: nil, partial: [UInt8](repeating: 7, count: 200_000))
  }

  @Test("replaces a file of other bytes only when it is whole")
  func replaced() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      try AtomicFile.write("old", to: path)
      #expect(throws: DownloadError.self) {
        try LocalServer.download([server.url("wrong")]).save(to: path, policy: LocalServer.hasty)
      }
      #expect(try BoundedFile.read(path, limit: 10) == Array("old".utf8))
      #expect(try !LocalServer.download([]).isSaved(at: path))
      try LocalServer.download([server.url("whole")]).save(to: path)
      #expect(try LocalServer.download([]).isSaved(at: path))
    }
  }

  @Test(
    "that is refused says why, and keeps nothing",
    arguments: [
      ("status/404", "answers 404"), ("status/403", "answers 403"), ("status/500", "answers 500"),
      ("status/304", "redirects to nowhere"),
      ("short/100000", "has a file of 99990 bytes; expected 100000"),
      ("long/100000", "has a file of 100010 bytes; expected 100000"),
      ("endless/100000", "sends more than the 100000 bytes expected"),
      ("loop/100000", "redirects more than 4 times"),
      ("away/x", "redirects to \"ftp://127.0.0.1:1/x\", which is not safe to follow"),
      (
        "wrong/100000",
        "sends other bytes: their SHA-256 is "
          + Checksum.sha256("").digest(of: [UInt8](repeating: 0, count: LocalServer.length))
          + ", expected "
          + Checksum.sha256("").digest(of: LocalServer.content())
      ),
    ])
  func refused(_ path: String, problem: String) throws {
    let mirror = "http://127.0.0.1:\(server.port)/\(path)"
    let (_, names, error) = try save([mirror])
    #expect(names.isEmpty)
    #expect((error as? DownloadError)?.failures.map(\.mirror) == [mirror])
    #expect((error as? DownloadError)?.failures.map(\.problem) == [problem])
  }

  @Test(
    "refuses what is not the file itself, without taking it in",
    arguments: [
      ("huge/100000", "has a file of 9223372036854775807 bytes; expected 100000"),
      (
        "packed/1",
        "sends the file packed as \"gzip\", which was not asked for; expected its own bytes"
      ),
      ("flood/s404", "answers 404"), ("flood/s200", "sends more than the 100000 bytes expected"),
      ("wordy/1", "cannot be reached: sends a header of more than 65536 bytes"),
    ])
  func refusedUnread(_ path: String, problem: String) throws {
    let before = Self.peakMemory
    let (_, names, error) = try save([url(path)])
    #expect(names.isEmpty)
    #expect((error as? DownloadError)?.failures.map(\.problem) == [problem])
    // The server would send gigabytes; other tests of the process take some, too.
    #expect(Self.peakMemory - before < 300)
  }

  /// The most memory that the process had so far, in megabytes; 0 where the system does not tell.
  private static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let kilobytes = status.firstMatch(of: /VmHWM:\s+(?<size>[0-9]+)/).flatMap { Int($0.size) }
    return (kilobytes ?? 0) / 1024
  }

  @Test("of a length that is not known is refused when the server's is beyond the limit")
  func tooLong() throws {
    let error = try save([server.url("huge")], byteCount: nil).error as? DownloadError
    #expect(
      error?.failures.map(\.problem) == [
        "has a file of 9223372036854775807 bytes; expected at most 1073741824"
      ])
  }

  @Test(
    "takes the file from a server that calls it packed, goes on after its end, or redirects with a flood",
    arguments: ["mislabeled/100000", "late/100000", "flood/s302"])
  func taken(_ path: String) throws { try expectSaved([url(path)]) }

  @Test("gives a server up that sends a little now and then")
  func slow() throws {
    let policy = DownloadPolicy(
      stallTimeout: 5, slowTimeout: 0.5, leastByteCount: 100, attempts: 2, firstPause: 0.01)
    try withTemporaryFolder { folder in
      let mirror = server.url("trickle")
      let error = #expect(throws: DownloadError.self) {
        try LocalServer.download([mirror]).save(to: "\(folder)/file", policy: policy)
      }
      let problem = error?.failures.first?.problem ?? ""
      #expect(problem.hasPrefix("is too slow: "), "\(problem)")
      #expect(problem.contains(" bytes in 0.5 seconds, after "))
    }
    #expect(try server.requests().count == 2)
  }

  @Test("does not wait for a server that does not answer, or stops")
  func timeouts() throws {
    let policy = DownloadPolicy(answerTimeout: 0.3, stallTimeout: 0.3, attempts: 1)
    for (action, problem) in [
      ("mute", "does not answer within 0.3 seconds"),
      ("stall", "sends nothing for 0.3 seconds, after 50000 bytes"),
    ] {
      try withTemporaryFolder { folder in
        let mirror = server.url(action)
        #expect(
          throws: DownloadError(
            path: "\(folder)/file", failures: [.init(mirror: mirror, problem: problem)],
            keptByteCount: action == "mute" ? 0 : 50_000)
        ) { try LocalServer.download([mirror]).save(to: "\(folder)/file", policy: policy) }
      }
    }
  }

  @Test("that no server answers says so for each mirror")
  func gone() throws {
    // No program listens to port 1.
    let (_, names, error) = try save(["http://127.0.0.1:1/file", "gone"])
    #expect(names.isEmpty)
    let failures = (error as? DownloadError)?.failures ?? []
    #expect(failures.count == 2)
    #expect(failures.allSatisfy { $0.problem.hasPrefix("cannot be reached: ") })
    #expect(try server.requests().count == 3)
  }

  @Test("from an address of another kind is not attempted")
  func addresses() throws {
    for mirror in ["file:///etc/passwd", "ftp://127.0.0.1/file", "mirror:", "http:///file"] {
      let error = try save([mirror]).error as? DownloadError
      #expect(error?.failures.map(\.problem) == ["is not an http or https address"], "\(mirror)")
    }
    let none = try save([]).error as? DownloadError
    #expect(none?.description.hasSuffix("/file: cannot be fetched: it has no mirrors") == true)
  }

  @Test("goes to the next mirror when one fails, and on with the bytes it sent")
  func nextMirror() throws {
    try expectSaved(["status/404", "wrong", "whole"].map { $0.contains("/") ? url($0) : $0 })
    let requests = try server.requests()
    #expect(requests.map { $0.split(separator: "/")[0] } == ["status", "wrong", "whole"])
  }

  private func url(_ path: String) -> String { "http://127.0.0.1:\(server.port)/\(path)" }

  @Test("that ends early everywhere keeps what is there, and says so")
  func kept() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      var policy = LocalServer.hasty
      policy.mostAttempts = 2
      do {
        try LocalServer.download([server.url("bits")]).save(to: path, policy: policy)
        Issue.record("was saved")
      } catch let error as DownloadError {
        #expect(error.keptByteCount == 25_000)
        #expect(
          error.description
            == "\(path): cannot be fetched: \(server.url("bits")) was asked 2 times and never sent the "
            + "whole file; 25000 bytes are kept, run it again to go on from there")
      }
      #expect(try fileNames(in: folder) == ["file.partial", "file.partial.source"])
      try LocalServer.download([server.url("whole")]).save(to: path)
      #expect(try fileNames(in: folder) == ["file"])
      #expect(try server.requests().last == "/whole/100000 bytes=25000- -")
    }
  }

  @Test("reports growing numbers of bytes, and all of them at the end")
  func progress() throws {
    try withTemporaryFolder { folder in
      var reports: [DownloadProgress] = []
      try LocalServer.download([server.url("slow")]).save(to: "\(folder)/file") {
        reports.append($0)
      }
      #expect(reports.count > 2)
      #expect(zip(reports, reports.dropFirst()).allSatisfy { $0.byteCount < $1.byteCount })
      #expect(reports.last?.byteCount == 100_000)
      #expect(reports.allSatisfy { $0.totalByteCount == 100_000 })
      // How fast depends on how busy the machine is.
      let rate = try #require(reports.last).bytesPerSecond
      #expect(rate > 0 && rate.isFinite)
      #expect(reports.last?.mirror == server.url("slow"))
    }
  }

  @Test("is refused while another is at the same file")
  func locked() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      var inner: (any Error)?
      try LocalServer.download([server.url("whole")]).save(to: path) { _ in
        guard inner == nil else { return }
        do {
          try LocalServer.download([server.url("whole")]).save(to: path)
        } catch {
          inner = error
        }
      }
      #expect(
        inner as? FileError
          == FileError(
            path,
            "is being fetched by another process; wait until that has ended, and run it again"))
      #expect(try BoundedFile.read(path, limit: 1 << 20) == LocalServer.content())
    }
  }

  @Test("to a place that cannot be written to says so")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/missing/file"
      #expect(
        throws: FileError(
          path, "cannot be written: \(path).partial: No such file or directory")
      ) { try LocalServer.download([server.url("whole")]).save(to: path) }
      // A link beside the file would lead the bytes elsewhere.
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/file.partial", withDestinationPath: "\(folder)/elsewhere")
      #expect(throws: FileError.self) {
        try LocalServer.download([server.url("whole")]).save(to: "\(folder)/file")
      }
      #expect(try fileNames(in: folder) == ["file.partial"])
    }
  }
}
