import Foundation
import JointVAE
import JointVAEFiles
import JointVAEMetrics
import JointVAEReport
import JointVAERuns

/// Takes one run after the other from the queue, trains it and measures it, in the thread that calls it.
struct RunWorker {
  private let runner: ExperimentRunner
  private let queue: RunQueue
  private let announcements: Announcements
  private let observers: ExperimentRunner.Observers

  init(
    _ runner: ExperimentRunner, queue: RunQueue, announcements: Announcements,
    observers: @escaping ExperimentRunner.Observers
  ) {
    self.runner = runner
    self.queue = queue
    self.announcements = announcements
    self.observers = observers
  }

  /// Works until no run is left or the experiment is to stop.
  func work() {
    while let index = queue.take() {
      let outcome: ExperimentResult.Outcome
      do {
        outcome = try perform(runner.plan.runs[index], index)
      } catch {
        outcome = .failed("\(error)")
        announcements.tell(.failed("\(error)"), of: index)
      }
      queue.note(outcome, of: index)
    }
  }

  private func perform(_ run: PlannedRun, _ index: Int) throws -> ExperimentResult.Outcome {
    let folder = run.folder(in: runner.folder)
    let start = ContinuousClock.now
    let steps: Int
    switch try run.state(in: folder, measured: runner.measurement) {
    case .finished:
      announcements.tell(.kept, of: index)
      return .measured(try StoredEvaluation(contentsOf: folder.evaluation).evaluation)
    case .trained(let count):
      announcements.tell(.begun(step: count), of: index)
      steps = count
    case .begun(let step, _):
      announcements.tell(.begun(step: step), of: index)
      let training = try TrainingRun.resume(
        folder, changes: run.changes, catalog: runner.catalog)
      // What was measured before is of other weights.
      unlink(folder.evaluation)
      guard let count = try train(training, index) else { return .notRun }
      steps = count
    case .new:
      announcements.tell(.begun(step: 0), of: index)
      let training = try TrainingRun.begin(
        in: folder, on: run.dataSet, changes: run.changes, catalog: runner.catalog)
      guard let count = try train(training, index) else { return .notRun }
      steps = count
    }
    let evaluation = try measure(folder, steps: steps)
    announcements.tell(.finished(seconds: (ContinuousClock.now - start) / .seconds(1)), of: index)
    return .measured(evaluation)
  }

  /// Trains to the end and returns the number of steps; nil when the experiment, or an observer, stopped it before.
  private func train(_ training: borrowing TrainingRun, _ index: Int) throws -> Int? {
    let queue = queue
    let result = try training.train(
      compute: runner.computePerRun,
      observers: [FunctionObserver { _, _ in queue.isStopped ? .stop : .proceed }]
        + observers(training) + [PageWriter(training.folder)])
    if result.ending == .stopped {
      queue.stop()
      announcements.tell(.stopped(step: result.step), of: index)
      return nil
    }
    return result.step
  }

  private func measure(_ folder: RunFolder, steps: Int) throws -> Evaluation {
    var request = runner.plan.experiment.evaluation.request(compute: runner.computePerRun)
    request.scores = runner.scores
    let report = try EvaluationReport(of: [folder.path], request, catalog: runner.catalog)
    guard let evaluation = report.runs.first else {
      throw MetricError.count(of: "runs", 0, expected: 1)
    }
    try StoredEvaluation(evaluation, request: runner.measurement, step: steps)
      .write(to: folder.evaluation)
    return evaluation
  }
}
