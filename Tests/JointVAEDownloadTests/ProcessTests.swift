import Foundation
import JointVAEDownload
import JointVAEFiles
import TestSupport
import Testing

#if compiler(>=6.3)
  /// What is a whole process's, tried in one of its own.
  @Suite(
    "A process that downloads",
    .enabled(if: LocalServer.isAvailable, "no python3 to serve files with"))
  struct ProcessTests {
    private static func newFolder() throws -> String {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "jointvae-tests-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      return folder
    }

    @Test("leaves what it has when it is interrupted, and the next one goes on from there")
    func interrupted() async throws {
      let folder = try Self.newFolder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      await #expect(processExitsWith: .signal(SIGINT)) { [folder = folder as String] in
        // What starts the tests may have kept the signal from its children.
        signal(SIGINT, SIG_DFL)
        var interrupt = sigset_t()
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
        let server = try LocalServer()
        try LocalServer.download([server.url("slow")]).save(to: "\(folder)/file") { progress in
          if progress.byteCount > 30_000 { raise(SIGINT) }
        }
      }
      #expect(try fileNames(in: folder) == ["file.partial"])
      let partial = try BoundedFile.read("\(folder)/file.partial", limit: 1 << 20)
      #expect((30_000..<100_000).contains(partial.count))
      #expect(partial == Array(LocalServer.content().prefix(partial.count)))
      let server = try LocalServer()
      try LocalServer.download([server.url("whole")]).save(to: "\(folder)/file")
      #expect(try server.requests() == ["/whole/100000 bytes=\(partial.count)- -"])
      #expect(try fileNames(in: folder) == ["file"])
    }

    @Test("asks the proxy that the environment names, but not for the hosts of no_proxy")
    func proxies() async throws {
      await #expect(processExitsWith: .success) {
        let proxy = try LocalServer()
        setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
        setenv("no_proxy", "127.0.0.1", 1)
        try withTemporaryFolder { folder in
          let download = LocalServer.download(["http://files.invalid/100000"])
          try download.save(to: "\(folder)/proxied", policy: LocalServer.hasty)
          let direct = try LocalServer()
          try LocalServer.download([direct.url("whole")]).save(to: "\(folder)/direct")
          try #require(direct.requests().count == 1)
          try #require(proxy.requests() == ["http://files.invalid/100000 - -"])
        }
      }
    }

    @Test("says that the disk is full, keeps what it has, and leaves the old file")
    func fullDisk() async throws {
      await #expect(processExitsWith: .success) {
        let server = try LocalServer()
        try withTemporaryFolder { folder in
          let path = "\(folder)/file"
          try AtomicFile.write("old", to: path)
          var limit = rlimit(rlim_cur: 65_536, rlim_max: 65_536)
          signal(SIGXFSZ, SIG_IGN)
          #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
          #else
            let resource = RLIMIT_FSIZE
          #endif
          try #require(setrlimit(resource, &limit) == 0)
          #expect(
            throws: FileError(
              path,
              "cannot be written: File too large; 65536 bytes are kept. Make room and run it again")
          ) { try LocalServer.download([server.url("whole")]).save(to: path) }
          #expect(try BoundedFile.read(path, limit: 100) == Array("old".utf8))
        }
      }
    }
  }
#endif
