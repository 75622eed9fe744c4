import JointVAE
import JointVAEData
import JointVAEExplorer
import JointVAERuns

/// What the live page needs of a run all the time.
struct LiveRun: Sendable {
  /// Counted from 1; with restarts, each seed is a run.
  var number: Int
  var folder: RunFolder
  var seed: UInt64
  /// The images that reconstructions are shown of.
  var shown: ImageBatch
}

/// Tells the live page how a run goes. It never waits for a browser, and costs next to nothing while none is there.
final class LiveObserver: TrainingObserver {
  private let training: LiveTraining
  private let run: LiveRun
  private let images: LabeledImages
  private let introduction: LiveMessages.Run
  private var meter: LiveMeter?
  private var last: StepReport?
  private var warnings: [String] = []
  private var nextProgress = ContinuousClock.now

  /// The time between two messages about progress.
  private static let interval = Duration.milliseconds(500)
  /// Warnings that the page shows at most.
  private static let warningLimit = 20

  init(_ run: borrowing TrainingRun, number: Int, training: LiveTraining) {
    self.training = training
    images = run.images
    let settings = run.configuration.training
    self.run = LiveRun(
      number: number, folder: run.folder, seed: settings.seed,
      shown: ImageBatch(evenlyFrom: run.validation ?? run.images, count: 16))
    introduction = LiveMessages.Run(
      number: number, folder: run.folder.path, dataSet: run.images.name, images: run.images.count,
      seed: "\(settings.seed)", latents: "\(settings.latents)", shape: "\(settings.imageShape)",
      step: 0, steps: 0)
  }

  func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .starting(let course):
      var message = introduction
      (message.step, message.steps) = (course.stepsDone, course.lastStep)
      training.server.publish("run", message)
      meter = LiveMeter(course, number: run.number)
      report(force: true)
    case .step(let report):
      meter?.add(report)
      last = report
      guard training.server.readerCount > 0 else { break }
      self.report(force: false)
      if training.painter.isDue(now: .now) { draw(trainer) }
    case .epoch(let report): meter?.validationLoss = report.validation?.loss
    case .warning(let warning): publish(warning)
    case .checkpoint, .ending: break
    case .ended(.paused): report(force: true)
    case .ended(let ending): try end(ending, trainer)
    }
    return .proceed
  }

  private func report(force: Bool) {
    let now = ContinuousClock.now
    guard force || nextProgress <= now else { return }
    nextProgress = now + Self.interval
    if let message = meter?.message() { training.server.publish("progress", message) }
  }

  private func draw(_ trainer: Trainer) {
    let start = ProcessorTime.ofThread
    let model = trainer.model
    let terms = last?.terms
    let divergences =
      terms.map { $0.continuousKLs + $0.discreteKLs }
      ?? Array(repeating: 0, count: model.latents.variables.count)
    training.painter.draw(
      soon: LivePainter.Snapshot(
        run: run, model: model, step: trainer.step, divergences: divergences,
        cost: ProcessorTime.ofThread - start))
  }

  private func publish(_ warning: TrainingWarning) {
    warnings = (warnings + ["\(warning)"]).suffix(Self.warningLimit)
    training.server.publish(
      "warnings", LiveMessages.Warnings(number: run.number, sentences: warnings))
  }

  /// Shows the last model, and leaves a page to play with it in the run's folder.
  private func end(_ ending: TrainingEnding, _ trainer: Trainer) throws {
    report(force: true)
    if training.server.readerCount > 0 { draw(trainer) }
    let page = try ExplorerPage([StoredModel(run.folder.path)], images: images)
    try page.write(to: run.folder.explorer)
    page.remarks.forEach(training.note)
    training.end(
      LiveMessages.End(
        ending: ending == .stopped ? "stopped" : "finished", step: trainer.step,
        files: [run.folder.explorer, run.folder.report]))
  }
}
