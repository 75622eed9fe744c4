import Foundation
import TestSupport
import Testing

/// `--show`, with a pseudo-terminal in place of standard output.
@Suite(.serialized)
struct ShowTests {
  @Test("A picture is drawn in half blocks behind the result, no wider than the terminal")
  func halfBlocks() throws {
    // Behind a multiplexer no question is asked.
    let text = try onTerminal("sample shapes --count 4 -o s.png --show", term: "tmux-256color")
    #expect(text.hasPrefix("s.png: 4 images from the aggregate posterior\r\n\u{1B}[38;2;"))
    let lines = text.components(separatedBy: "\r\n").dropFirst().filter { !$0.isEmpty }
    #expect(lines.count > 4)
    for line in lines {
      #expect(line.count(where: { $0 == "▀" }) == 60)
      #expect(line.hasSuffix("\u{1B}[0m"))
    }
  }

  @Test("A terminal that is known by its name gets its own pictures")
  func kitty() throws {
    let text = try onTerminal("sample shapes --count 4 -o s.png --show", term: "xterm-kitty")
    #expect(text.contains("\u{1B}_Ga=T,f=100,q=2,m="))
  }

  @Test("A dumb terminal, and a call without --show, get no picture")
  func nothing() throws {
    for (call, term) in [
      ("sample shapes --count 4 -o s.png --show", "dumb"),
      ("sample shapes --count 4 -o s.png", "tmux-256color"),
    ] {
      #expect(
        try onTerminal(call, term: term) == "s.png: 4 images from the aggregate posterior\r\n")
    }
  }

  /// What a call prints on a terminal of 60 columns.
  private func onTerminal(_ call: String, term: String) throws -> String {
    try withTemporaryFolder { folder in
      var (reading, writing): (Int32, Int32) = (0, 0)
      var size = winsize(ws_row: 24, ws_col: 60, ws_xpixel: 0, ws_ypixel: 0)
      try #require(openpty(&reading, &writing, nil, nil, &size) == 0)
      let process = Process()
      process.executableURL = URL(filePath: Program.path)
      process.arguments = TrainTests.call(call)
      process.currentDirectoryURL = URL(filePath: folder)
      process.environment = ["TERM": term]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(fileDescriptor: writing, closeOnDealloc: false)
      process.standardError = FileHandle.nullDevice
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
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
