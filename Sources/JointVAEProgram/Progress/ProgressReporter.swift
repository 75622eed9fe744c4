import JointVAE
import JointVAERuns

/// Shows a training's progress: one line that is rewritten on a terminal, a line now and then elsewhere.
package final class ProgressReporter: TrainingObserver {
  private let terminal: Terminal
  private let isQuiet: Bool
  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant?
  private var isLineOpen = false
  private var introduction: RunIntroduction?
  private var monitor: TrainingMonitor?
  private var stopwatch = Stopwatch()
  private var lastStep = 0
  private var hasShownEpoch = false
  /// What was last shown of the training; nil when it had nothing left to do.
  package private(set) var status: TrainingStatus?

  /// The time between two drawings of the bar.
  private static let drawingInterval = Duration.milliseconds(100)
  /// The time between two plain lines within an epoch.
  private static let lineInterval = Duration.seconds(30)
  /// The least time between the plain lines of two epochs; those of small sets last milliseconds.
  private static let epochInterval = Duration.seconds(3)

  /// Progress on `terminal`.
  ///
  /// - Parameter isQuiet: whether to print warnings and remarks only.
  package init(_ terminal: Terminal = Terminal(), isQuiet: Bool = false) {
    self.terminal = terminal
    self.isQuiet = isQuiet
    // The first step has no rate yet; only a bar shows it.
    lastShown = terminal.isInteractive ? nil : clock.now
  }

  deinit { clear() }

  /// Introduces the run that is trained next.
  package func introduce(_ run: borrowing TrainingRun) { introduction = run.introduction }

  /// Shows how the training goes.
  package func observe(_ event: TrainingEvent, of trainer: Trainer) -> TrainingDirective {
    switch event {
    case .starting(let course): begin(course)
    case .step(let report):
      monitor?.add(report)
      if !isQuiet, isDue { show(monitor?.status(seconds: stopwatch.seconds)) }
    case .epoch(let report): show(report)
    case .warning(let warning): note("warning: \(warning)")
    case .ending(.stopped) where !isQuiet:
      note("stopping after step \(trainer.step): writing a checkpoint")
    case .checkpoint, .ending: break
    case .ended: clear()
    }
    return .proceed
  }

  private func begin(_ course: TrainingCourse) {
    if let introduction {
      if !isQuiet {
        note(
          introduction.text(step: course.stepsDone, earlyStopStep: course.earlyStopStep))
      }
      for remark in introduction.remarks { note(remark) }
    }
    introduction = nil
    status = nil
    lastStep = course.lastStep
    hasShownEpoch = false
    monitor = TrainingMonitor(
      configuration: course.configuration, stepsPerEpoch: course.stepsPerEpoch,
      totalSteps: course.lastStep)
    stopwatch = Stopwatch()
  }

  /// Shows the end of an epoch: on a terminal, else for the first and the last one, and for others now and then.
  private func show(_ report: EpochReport) {
    guard let status = monitor?.status(report, seconds: stopwatch.seconds) else { return }
    self.status = status
    if isQuiet { return }
    let isEarly = lastShown.map { clock.now - $0 < Self.epochInterval } ?? false
    if !terminal.isInteractive, hasShownEpoch, report.step < lastStep, isEarly { return }
    hasShownEpoch = true
    show(status)
  }

  private func show(_ status: TrainingStatus?) {
    guard let status else { return }
    self.status = status
    show(status)
  }

  /// Whether ``show(_:)`` would write now; the status need not be worked out otherwise.
  package var isDue: Bool {
    guard let lastShown else { return true }
    let interval = terminal.isInteractive ? Self.drawingInterval : Self.lineInterval
    return clock.now - lastShown >= interval
  }

  /// Draws `status` over the last one, or writes it as a line.
  package func show(_ status: TrainingStatus) {
    lastShown = clock.now
    let line = ProgressLine(status)
    guard terminal.isInteractive else {
      terminal.write(line.plain + "\n")
      return
    }
    // The last column stays free: some terminals wrap once it is filled.
    let text = line.bar(width: terminal.width - 1, color: terminal.usesColor)
    terminal.rewriteLine(text)
    isLineOpen = true
  }

  /// Prints a line that stays: the bar is cleared first and drawn again with the next status.
  package func note(_ text: String) {
    clear()
    terminal.write(text + "\n")
    if terminal.isInteractive { lastShown = nil }
  }

  /// Takes the bar away.
  package func clear() {
    guard isLineOpen else { return }
    terminal.rewriteLine()
    isLineOpen = false
  }
}
