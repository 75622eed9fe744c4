import Foundation
import TestSupport
import Testing

/// The built `jointvae`, run as its users run it.
struct Program {
  /// What a call left behind.
  struct Output {
    var standardOutput: String
    var standardError: String
    /// The exit code; 128 and the signal's number when a signal ended it, as shells have it.
    var exitCode: Int32
  }

  /// The folder it is started in.
  let folder: String
  /// Environment variables besides PATH; nothing of the tests' own environment gets through.
  var environment: [String: String] = [:]

  init(in folder: String) { self.folder = folder }

  /// Beside the test bundle, wherever the build folder is.
  static let path: String = {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "jointvae").path
    let usual = "\(SharedFiles.packageFolder)/.build/release/jointvae"
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : usual
  }()

  /// Runs `jointvae` with `arguments` to its end.
  func run(_ arguments: String...) throws -> Output { try run(arguments) }

  /// Runs `jointvae` with `arguments` to its end.
  func run(_ arguments: [String]) throws -> Output { try start(arguments).waitForEnd() }

  /// Starts `jointvae` with `arguments`.
  func start(_ arguments: [String]) throws -> RunningProgram {
    try start(Self.path, arguments)
  }

  /// Expects a call to fail with exit code 1 and this sentence, and to print nothing.
  func fails(_ call: String, _ sentence: String) throws {
    let output = try run(call.split(separator: " ").map(String.init))
    #expect(output.standardError == "Error: \(sentence)\n", "\(call)")
    #expect(output.standardOutput == "", "\(call)")
    #expect(output.exitCode == 1, "\(call)")
  }

  private static let sanitizerVariables = ["TSAN_OPTIONS", "ASAN_OPTIONS", "LD_PRELOAD"]

  /// Runs a shell script in which `jointvae` stands for the program.
  func shell(_ script: String) throws -> Output {
    try start("/bin/sh", ["-c", "jointvae() { \"\(Self.path)\" \"$@\"; }\n\(script)"]).waitForEnd()
  }

  private func start(_ executable: String, _ arguments: [String]) throws -> RunningProgram {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    let inherited = ProcessInfo.processInfo.environment.filter {
      $0.key == "PATH" || Sanitizer.isOn && Self.sanitizerVariables.contains($0.key)
    }
    process.environment = environment.merging(inherited) { own, _ in own }
    process.standardInput = FileHandle.nullDevice
    return try RunningProgram(process)
  }
}

/// A program that was started; what it writes goes to files, so that it never waits for a reader.
struct RunningProgram {
  let process: Process
  private let folder: String

  init(_ process: Process) throws {
    self.process = process
    folder =
      FileManager.default.temporaryDirectory
      .appending(path: "jointvae-output-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["out", "err"] {
      _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil)
    }
    process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/out")
    process.standardError = FileHandle(forWritingAtPath: "\(folder)/err")
    try process.run()
  }

  /// Sends it a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until `condition` holds, at most half a minute; false when it never does or the program ends before.
  func wait(until condition: () -> Bool) -> Bool {
    let deadline = Date.now.addingTimeInterval(30)
    while !condition() {
      guard process.isRunning, Date.now < deadline else { return condition() }
      usleep(2000)
    }
    return true
  }

  /// What it has written to standard error so far.
  var standardError: String { text("err") }

  /// Waits for its end.
  func waitForEnd() -> Program.Output {
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let status = process.terminationStatus
    return Program.Output(
      standardOutput: text("out"), standardError: text("err"),
      exitCode: process.terminationReason == .uncaughtSignal ? 128 + status : status)
  }

  private func text(_ name: String) -> String {
    String(
      decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
  }
}
