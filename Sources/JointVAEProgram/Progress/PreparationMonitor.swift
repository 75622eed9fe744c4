import JointVAEData
import JointVAEFiles
import Synchronization

/// Shows how far the preparation of a data set is: one line that is rewritten on a terminal, a line
/// now and then elsewhere, nothing at all of what is done at once.
package final class PreparationMonitor: Sendable {
  private struct State {
    var began: ContinuousClock.Instant?
    var shown: ContinuousClock.Instant?
    var dataSet = ""
    var isLineOpen = false
  }

  private let terminal: Terminal
  private let clock = ContinuousClock()
  private let state = Mutex(State())

  /// What is done sooner is not spoken of.
  private static let patience = Duration.milliseconds(500)
  /// The time between two drawings of the line.
  private static let drawingInterval = Duration.milliseconds(100)
  /// The time between two plain lines.
  private static let lineInterval = Duration.seconds(10)

  /// Progress on `terminal`.
  package init(_ terminal: Terminal = Terminal()) { self.terminal = terminal }

  /// Draws or writes `progress` when it is time to; takes the line away when all is done.
  package func show(_ progress: PreparationProgress) {
    state.withLock { state in
      let now = clock.now
      let isFirst = state.began == nil || state.dataSet != progress.dataSet
      if isFirst { (state.began, state.shown, state.dataSet) = (now, nil, progress.dataSet) }
      if progress.done == progress.total { return clear(&state) }
      guard let began = state.began, now - began >= Self.patience else { return }
      let interval = terminal.isInteractive ? Self.drawingInterval : Self.lineInterval
      if let shown = state.shown, now - shown < interval { return }
      state.shown = now
      let line = Self.line(progress, elapsed: now - began)
      state.isLineOpen = terminal.isInteractive
      if terminal.isInteractive {
        terminal.rewriteLine(String(line.prefix(terminal.width - 1)))
      } else {
        terminal.write(line + "\n")
      }
    }
  }

  /// Such as `preparing four-shapes: 5,120 of 14,970 images, 0:03 left`.
  static func line(_ progress: PreparationProgress, elapsed: Duration) -> String {
    let name = progress.dataSet.printable()
    guard let total = progress.total, progress.done > 0 else {
      return "preparing \(name): \(progress.done) images"
    }
    let left = elapsed / .seconds(1) * Double(total - progress.done) / Double(progress.done)
    return "preparing \(name): \(progress.done) of \(total) images, "
      + "\(NumberText.duration(left)) left"
  }

  private func clear(_ state: inout State) {
    guard state.isLineOpen else { return }
    terminal.rewriteLine()
    state.isLineOpen = false
  }
}
