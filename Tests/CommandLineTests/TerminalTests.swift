import Foundation
import TestSupport
import Testing

/// A pseudo-terminal in place of standard error.
@Suite(.serialized)
struct TerminalTests {
  @Test("A terminal gets one line that is rewritten within its width, and is left clean")
  func bar() throws {
    let text = try onTerminal(columns: 72, environment: ["TERM": "xterm"])
    let lines = text.components(separatedBy: "\r\u{1B}[2K")
    #expect(lines.count > 3)
    #expect(lines[0].hasSuffix("2 epochs, from the start\r\n"))
    #expect(lines.last == "")
    for line in lines.dropFirst() {
      let plain = line.replacing("\u{1B}[32m", with: "").replacing("\u{1B}[0m", with: "")
      #expect(plain.count < 72)
    }
    #expect(lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix("epoch ") })
    #expect(text.contains("\u{1B}[32m="))
  }

  @Test("NO_COLOR leaves the bar without colors")
  func noColor() throws {
    let text = try onTerminal(columns: 72, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(text.contains("[===="))
    #expect(!text.contains("\u{1B}[32m"))
  }

  @Test("A dumb terminal gets plain lines")
  func dumb() throws {
    let text = try onTerminal(columns: 72, environment: ["TERM": "dumb"])
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("\r\nepoch 2/2  step 50/50  "))
  }

  /// What a small run writes to a terminal.
  private func onTerminal(columns: UInt16, environment: [String: String]) throws -> String {
    try withTemporaryFolder { folder in
      var (reading, writing): (Int32, Int32) = (0, 0)
      var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      try #require(openpty(&reading, &writing, nil, nil, &size) == 0)
      let process = Process()
      process.executableURL = URL(filePath: Program.path)
      process.arguments = TrainTests.call("train shapes --epochs 2 \(TrainTests.small)")
      process.currentDirectoryURL = URL(filePath: folder)
      process.environment = environment
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      let terminal = FileHandle(fileDescriptor: writing, closeOnDealloc: false)
      process.standardError = terminal
      try process.run()
      close(writing)
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      // The terminal's other end reports an error once the program has ended.
      while case let count = read(reading, &buffer, buffer.count), count > 0 {
        bytes += buffer[..<count]
      }
      close(reading)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
