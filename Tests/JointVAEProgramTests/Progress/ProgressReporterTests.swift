import Foundation
import JointVAE
import JointVAEProgram
import JointVAERuns
import TestSupport
import Testing

/// On Linux and macOS a pseudo-terminal is a pair of descriptors: what is written to one is read from the other.
struct ProgressReporterTests {
  @Test("A pipe gets whole lines without control characters")
  func pipe() throws {
    let pipe = Pipe()
    let terminal = Terminal(descriptor: pipe.fileHandleForWriting.fileDescriptor, environment: [:])
    #expect(!terminal.isInteractive)
    #expect(!terminal.usesColor)
    let progress = ProgressReporter(terminal)
    // The next line is due after half a minute; an epoch's end is shown at once.
    #expect(!progress.isDue)
    progress.note("hello")
    progress.show(try status())
    progress.clear()
    try pipe.fileHandleForWriting.close()
    let text = String(
      decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(text == "hello\n\(ProgressLine(try status()).plain)\n")
  }

  @Test("A terminal's line is rewritten, and taken away before words that stay")
  func terminal() throws {
    try withPseudoTerminal(columns: 60) { read, descriptor in
      let terminal = Terminal(descriptor: descriptor, environment: ["NO_COLOR": "1"])
      #expect(terminal.isInteractive)
      #expect(terminal.width == 60)
      let progress = ProgressReporter(terminal)
      #expect(progress.isDue)
      progress.show(try status())
      #expect(!progress.isDue)
      progress.note("warning")
      #expect(progress.isDue)
      progress.show(try status())
      progress.clear()
      progress.clear()
      let bar = ProgressLine(try status()).bar(width: 59)
      let erase = "\r\u{1B}[2K"
      #expect(try read() == "\(erase)\(bar)\(erase)warning\r\n\(erase)\(bar)\(erase)")
    }
  }

  @Test("NO_COLOR and TERM=dumb are respected")
  func environment() throws {
    try withPseudoTerminal(columns: 80) { _, descriptor in
      func terminal(_ environment: [String: String]) -> Terminal {
        Terminal(descriptor: descriptor, environment: environment)
      }
      #expect(terminal([:]).usesColor)
      #expect(terminal(["NO_COLOR": ""]).usesColor)
      #expect(!terminal(["NO_COLOR": "1"]).usesColor)
      #expect(terminal(["NO_COLOR": "1"]).isInteractive)
      #expect(!terminal(["TERM": "dumb"]).isInteractive)
    }
  }

  @Test("Without a window the width is COLUMNS, or 80")
  func width() {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    #expect(Terminal(descriptor: descriptor, environment: ["COLUMNS": "132"]).width == 132)
    #expect(Terminal(descriptor: descriptor, environment: ["COLUMNS": "-1"]).width == 80)
    #expect(Terminal(descriptor: descriptor, environment: [:]).width == 80)
  }

  private func status() throws -> TrainingStatus {
    var monitor = TrainingMonitor(
      configuration: ProgressLineTests.configuration, stepsPerEpoch: 10,
      totalSteps: 30)
    var report = try RealReports(ProgressLineTests.configuration.latents).step
    report.terms = LossTerms(
      reconstruction: 5, continuousKLs: [0.5, 0, 0], discreteKLs: [0.25])
    monitor.add(report)
    let shown = monitor.status(seconds: 2)
    return try #require(shown)
  }

  private func withPseudoTerminal(
    columns: UInt16, _ body: (_ read: () throws -> String, _ descriptor: Int32) throws -> Void
  ) throws {
    var (reading, writing): (Int32, Int32) = (0, 0)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try #require(openpty(&reading, &writing, nil, nil, &size) == 0)
    let file = FileHandle(fileDescriptor: reading, closeOnDealloc: true)
    defer { close(writing) }
    try body({ String(decoding: file.availableData, as: UTF8.self) }, writing)
  }
}
