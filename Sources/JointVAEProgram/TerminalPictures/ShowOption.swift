import ArgumentParser
import CLibrary
import Foundation
import JointVAEFiles
import JointVAEImages

/// Whether pictures are drawn in the terminal, too.
struct ShowOption: ParsableArguments {
  @Flag(
    help:
      "Draw the picture in the terminal, too. Nothing is drawn when standard output is no terminal."
  )
  var show = false

  /// Draws `picture` where the user asks for it and standard output is a terminal.
  /// - Throws: `FileError` when it cannot be written; `ImageError`.
  func draw(
    _ picture: @autoclosure () throws -> Image,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let terminal = Terminal(descriptor: STDOUT_FILENO, environment: environment)
    guard show, terminal.isInteractive else { return }
    let graphics = TerminalQuestion.graphics(in: environment) ?? TerminalQuestion.ask()
    try StandardOutput.write(
      graphics.text(
        of: picture(), columns: terminal.width, cellWidth: terminal.cellWidth))
  }

  /// Draws the picture that was written to `path`; of an animation the first frame.
  /// - Throws: as `draw(_:)`; `FileError` when the file cannot be read.
  func draw(fileAt path: String) throws {
    try draw(Image(encoded: BoundedFile.read(path, limit: 1 << 28), name: path))
  }
}

extension Terminal {
  /// Pixels of a character's width; nil where the terminal does not say.
  fileprivate var cellWidth: Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
      size.ws_xpixel >= size.ws_col
    else { return nil }
    return Int(size.ws_xpixel) / Int(size.ws_col)
  }
}
