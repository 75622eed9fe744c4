import Foundation
import TestSupport
import Testing

/// A few seconds of `make torture`.
@Suite(.serialized) struct TortureTests {
  @Test(
    "Kills, failing calls, full disks and flipped bits lose nothing and are noticed",
    .enabled(if: Self.isRelease, "a debug build is too slow"),
    .enabled(if: Python.has("argparse") && Self.hasCompiler, "no python3, or no C compiler cc"))
  func short() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "\(SharedFiles.packageFolder)/scripts/torture", Program.path, "--seconds", "15",
    ]
    // Nothing of the tests' own libraries is to be loaded into the compiler or the program.
    process.environment = ProcessInfo.processInfo.environment.filter {
      ["PATH", "HOME", "TMPDIR", "CC"].contains($0.key)
    }
    let running = try RunningProgram(process)
    let output = running.waitForEnd()
    #expect(output.exitCode == 0, "\(output.standardOutput)\(output.standardError)")
    #expect(output.standardOutput.contains("\n      0  failures"), "\(output.standardOutput)")
  }

  private static var isRelease: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  /// The tool that loads a library before others is the system linker of Linux.
  private static var hasCompiler: Bool {
    #if os(Linux)
      ["/usr/bin/cc", "/usr/local/bin/cc"].contains(where: FileManager.default.fileExists(atPath:))
    #else
      false
    #endif
  }
}
