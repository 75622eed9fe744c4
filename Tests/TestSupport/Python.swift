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

  /// Whether `python3` is there and finds all of `modules`. They are not imported, which can take seconds.
  package static func has(_ modules: String...) -> Bool {
    let script = """
      import sys
      from importlib.util import find_spec
      sys.exit(not all(map(find_spec, sys.argv[1:])))
      """
    return (try? run(["-c", script] + modules))?.exitCode == 0
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
