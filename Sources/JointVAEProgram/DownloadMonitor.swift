import JointVAEDownload
import JointVAEFiles
import JointVAERuns

/// Shows how far a download is, on a line of the terminal that is rewritten; elsewhere nothing.
final class DownloadMonitor {
  private let terminal = Terminal()
  private var isLineOpen = false

  /// Draws the progress of the file called `name`.
  func show(_ name: String, _ progress: DownloadProgress) {
    guard terminal.isInteractive else { return }
    var line = "\(name): \(NumberText.megabytes(progress.byteCount))"
    if let total = progress.totalByteCount {
      line += " of \(NumberText.megabytes(total))"
      if progress.bytesPerSecond > 0 {
        let left = Double(total - progress.byteCount) / progress.bytesPerSecond
        line += ", \(NumberText.duration(left.rounded(.up))) left"
      }
    }
    terminal.rewriteLine(String(line.prefix(terminal.width - 1)))
    isLineOpen = true
  }

  /// Takes the line away.
  func clear() {
    guard isLineOpen else { return }
    terminal.rewriteLine()
    isLineOpen = false
  }
}
