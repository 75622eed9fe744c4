import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// Trains and measures the runs of an experiment, each in a folder of its own.
///
/// What the folders hold at the end depends neither on how many runs are trained at once nor on how often the
/// experiment was stopped, but for the times in the logs.
public struct ExperimentRunner: Sendable {
  /// What is to be done.
  public let plan: ExperimentPlan
  /// The folder of the runs' folders.
  public let folder: String
  /// Where the images come from.
  public var catalog: DataSetCatalog
  /// Runs trained at once.
  public let jobs: Int
  /// What each run may use of the machine.
  public let computePerRun: Compute
  /// Scores of the program's own, which stand in the table beside the package's.
  public let scores: [any ModelScore]

  /// Makes the observers of a run's training, in the thread that trains it.
  public typealias Observers = @Sendable (borrowing TrainingRun) -> [any TrainingObserver]

  /// A runner of `plan` in `folder`.
  ///
  /// - Parameters:
  ///   - plan: what is to be done.
  ///   - folder: the folder of the runs' folders.
  ///   - catalog: where the images come from.
  ///   - jobs: runs trained at once; no more than threads and runs.
  ///   - compute: what all runs together may use of the machine.
  ///   - scores: scores of the program's own.
  public init(
    _ plan: ExperimentPlan, in folder: String, catalog: DataSetCatalog = DataSetCatalog(),
    jobs: Int = 1, compute: Compute = .automatic, scores: [any ModelScore] = []
  ) {
    self.scores = scores
    self.plan = plan
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.catalog = catalog
    let threads = compute.threadCount()
    self.jobs = max(1, min(jobs, threads, plan.runs.count))
    computePerRun = Compute(
      threads: threads / self.jobs, instructionSet: compute.instructionSet)
  }

  /// How far each run is.
  /// - Throws: `FileError` naming the first folder that holds something else than the plan's run.
  public func states() throws -> [RunState] { try states(of: Array(plan.runs.indices)) }

  private func states(of chosen: [Int]) throws -> [RunState] {
    try chosen.map {
      try plan.runs[$0].state(in: plan.runs[$0].folder(in: folder), measured: measurement)
    }
  }

  /// Trains and measures what is not finished yet.
  ///
  /// A run that fails is noted, and the others go on.
  /// - Parameters:
  ///   - chosen: the numbers of the runs to train, from 0; nil for all.
  ///   - observers: those of each run's training, such as one that shows its progress.
  ///   - isStopRequested: asked every few milliseconds, in the thread that calls. After the first true, each run that is
  ///     being trained ends its step and writes a checkpoint, and no other is begun.
  ///   - report: called with what happens, by one thread at a time.
  /// - Throws: as ``states()``; nothing is trained then.
  public func run(
    only chosen: [Int]? = nil, observers: @escaping Observers = { _ in [] },
    isStopRequested: () -> Bool = { false },
    report: @escaping @Sendable (ExperimentEvent) -> Void = { _ in }
  ) throws -> ExperimentResult {
    let chosen = chosen ?? Array(plan.runs.indices)
    _ = try states(of: chosen)
    let queue = RunQueue(chosen, of: plan.runs.count)
    let announcements = Announcements(runs: plan.runs, report: report)
    for _ in 0..<jobs {
      let thread = Thread {
        queue.join {
          RunWorker(self, queue: queue, announcements: announcements, observers: observers).work()
        }
      }
      // Training recurses little, but reading archives and composing pictures was made for a main thread.
      thread.stackSize = 8 << 20
      thread.start()
    }
    while queue.endedCount < jobs {
      usleep(Self.pollInterval)
      if isStopRequested() { queue.stop() }
    }
    return ExperimentResult(
      outcomes: queue.outcomes, wasStopped: queue.isStopped || isStopRequested())
  }

  /// Everything that decides what is measured, in words.
  var measurement: String {
    plan.experiment.evaluation.text + scores.map { ", \($0.name)" }.joined()
  }

  /// Microseconds between two looks.
  private static let pollInterval: UInt32 = 5000
}
