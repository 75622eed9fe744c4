import Foundation

/// The Python that tests ask for a second opinion, when there is one.
package enum Python {
  /// What a script printed, and how it ended.
  package struct Output: Sendable {
    /// Standard output and standard error, one after the other as they came.
    package var text: String
    /// 0 when it ended well.
    package var exitCode: Int32
  }

  /// Whether `python3` is there and can import all of `modules`, names separated by commas.
  package static func canImport(_ modules: String) -> Bool {
    (try? run(["-c", "import \(modules)"]))?.exitCode == 0
  }

  /// Runs `python3` with `arguments` and waits for its end.
  package static func run(_ arguments: [String]) throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Output(
      text: String(decoding: bytes, as: UTF8.self), exitCode: process.terminationStatus)
  }
}
