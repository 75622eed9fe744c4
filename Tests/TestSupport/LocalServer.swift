import Foundation
import JointVAEDownload
import TestSupport

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A web server of this machine that misbehaves on request: see `Tests/Oracles/http_server.py`. It
/// ends with the process that started it.
final class LocalServer {
  static let isAvailable = Python.has("http.server")
  private static let script = "\(SharedFiles.packageFolder)/Tests/Oracles/http_server.py"

  let port: Int
  private let process: Process
  private let input: Pipe

  struct DidNotStart: Error {}

  init() throws {
    process = Process()
    input = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", Self.script]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data([10]) {
      if byte.isEmpty { break }
      line += byte
    }
    guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw DidNotStart() }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The address of a file that comes in the way `action` names.
  func url(_ action: String, _ length: Int = LocalServer.length) -> String {
    "http://127.0.0.1:\(port)/\(action)/\(length)"
  }

  /// The requests so far: path, `Range`, `If-Range`; `-` for what was not sent.
  func requests() throws -> [String] {
    guard let url = URL(string: "http://127.0.0.1:\(port)/log") else { throw DidNotStart() }
    let text = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  /// The usual length of a file.
  static let length = 100_000

  /// The bytes of a file, as the server makes them.
  static func content(_ length: Int = LocalServer.length) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 7) }
  }

  /// The file from `mirrors`.
  static func download(_ mirrors: [String], byteCount: Int? = LocalServer.length) -> Download {
    let digest = Checksum.sha256("").digest(of: content())
    return Download(mirrors: mirrors, byteCount: byteCount, checksum: .sha256(digest))
  }

  /// Short pauses, so that tests are quick.
  static let hasty = DownloadPolicy(
    answerTimeout: 20, stallTimeout: 0.4, attempts: 3, firstPause: 0.01, redirects: 4)
}
