/// Shows a run's progress: one line that is rewritten on a terminal, a line now and then elsewhere.
public struct ProgressReporter {
  private let terminal: Terminal
  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant?
  private var isLineOpen = false

  /// The time between two drawings of the bar.
  private static let drawingInterval = Duration.milliseconds(100)
  /// The time between two plain lines within an epoch.
  private static let lineInterval = Duration.seconds(30)

  /// Progress on `terminal`.
  public init(_ terminal: Terminal = Terminal()) {
    self.terminal = terminal
    // The first step says nothing yet; only a bar shows it.
    lastShown = terminal.isInteractive ? nil : clock.now
  }

  /// Whether ``show(_:)`` would write now; the status need not be worked out otherwise.
  public var isDue: Bool {
    guard let lastShown else { return true }
    let interval = terminal.isInteractive ? Self.drawingInterval : Self.lineInterval
    return clock.now - lastShown >= interval
  }

  /// Draws `status` over the last one, or writes it as a line.
  public mutating func show(_ status: TrainingStatus) {
    lastShown = clock.now
    let line = ProgressLine(status)
    guard terminal.isInteractive else {
      terminal.write(line.plain + "\n")
      return
    }
    // The last column stays free: some terminals wrap once it is filled.
    let text = line.bar(width: terminal.width - 1, color: terminal.usesColor)
    terminal.write("\r\u{1B}[2K" + text)
    isLineOpen = true
  }

  /// Says something that stays: the bar is cleared first and drawn again with the next status.
  public mutating func note(_ text: String) {
    clear()
    terminal.write(text + "\n")
    if terminal.isInteractive { lastShown = nil }
  }

  /// Takes the bar away.
  public mutating func clear() {
    guard isLineOpen else { return }
    terminal.write("\r\u{1B}[2K")
    isLineOpen = false
  }
}
