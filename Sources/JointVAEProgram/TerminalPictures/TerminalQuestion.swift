import CLibrary
import Foundation

/// Finds out what pictures a terminal shows: by its name where that tells, else by asking it.
package struct TerminalQuestion: Sendable {
  /// A terminal that has not answered by then shows no more than half blocks, in milliseconds. It is long enough for a
  /// connection around the world.
  package static let patience: Int32 = 400

  /// Asks whether kitty's protocol is known, then what kind of terminal it is, which all answer.
  package static let text = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[c"

  /// What an environment's variables tell; nil for nothing.
  package static func graphics(in environment: [String: String]) -> TerminalGraphics? {
    let term = environment["TERM", default: ""]
    let program = environment["TERM_PROGRAM"] ?? environment["LC_TERMINAL"] ?? ""
    // A multiplexer stands between this program and a terminal that its variables may name.
    if environment["TMUX"] != nil || term.hasPrefix("screen") || term.hasPrefix("tmux") {
      return .halfBlocks
    }
    // These show questions that they do not know as text.
    if program == "Apple_Terminal" || term == "linux" { return .halfBlocks }
    if environment["KITTY_WINDOW_ID"] != nil || term.contains("kitty") || term.contains("ghostty") {
      return .kitty
    }
    return ["iTerm.app", "iTerm2"].contains(program) ? .iTerm2 : nil
  }

  /// What the answer of a terminal means: nil while it is not complete.
  package static func graphics(answer: [UInt8]) -> TerminalGraphics? {
    let text = String(decoding: answer, as: UTF8.self)
    guard let start = text.range(of: "\u{1B}[?"),
      let end = text[start.upperBound...].firstIndex(of: "c")
    else { return nil }
    if text.contains("\u{1B}_Gi=31;OK") { return .kitty }
    // Attribute 4: sixel graphics.
    let attributes = text[start.upperBound..<end].split(separator: ";")
    return attributes.dropFirst().contains("4") ? .sixel : .halfBlocks
  }

  /// Asks the terminal of this process, and waits no longer than `patience`.
  ///
  /// Keys that are typed meanwhile may be lost. A process in the background does not ask: the system would stop it.
  package static func ask() -> TerminalGraphics {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY)
    guard terminal >= 0 else { return .halfBlocks }
    defer { close(terminal) }
    guard tcgetpgrp(terminal) == getpgrp() else { return .halfBlocks }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { return .halfBlocks }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(terminal, TCSANOW, &raw) == 0 else { return .halfBlocks }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    let question = Array(text.utf8)
    guard write(terminal, question, question.count) == question.count else { return .halfBlocks }
    return answer(of: terminal)
  }

  private static func answer(of terminal: Int32) -> TerminalGraphics {
    var answer: [UInt8] = []
    let start = ContinuousClock.now
    while answer.count < 4096 {
      let spent = (ContinuousClock.now - start) / .milliseconds(1)
      let left = patience - Int32(min(spent, Double(patience)))
      var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&request, 1, left) > 0 else { break }
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = read(terminal, &bytes, bytes.count)
      guard count > 0 else { break }
      answer += bytes[..<count]
      if let graphics = graphics(answer: answer) { return graphics }
    }
    return .halfBlocks
  }
}
