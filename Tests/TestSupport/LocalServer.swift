import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A web server of this machine that misbehaves on request: see `Tests/Oracles/http_server.py`. It
/// ends with the process that started it.
package final class LocalServer {
  package static let isAvailable = Python.has("http.server")
  private static let script = "\(SharedFiles.packageFolder)/Tests/Oracles/http_server.py"

  package let port: Int
  private let process: Process
  private let input: Pipe

  package struct DidNotStart: Error {}

  package init() throws {
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
  package func url(_ action: String, _ length: Int = LocalServer.length) -> String {
    "http://127.0.0.1:\(port)/\(action)/\(length)"
  }

  /// The requests so far: path, `Range`, `If-Range`; `-` for what was not sent.
  package func requests() throws -> [String] {
    guard let url = URL(string: "http://127.0.0.1:\(port)/log") else { throw DidNotStart() }
    let text = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  /// The usual length of a file.
  package static let length = 100_000

  /// The bytes of a file, as the server makes them.
  package static func content(_ length: Int = LocalServer.length) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 7) }
  }
}
