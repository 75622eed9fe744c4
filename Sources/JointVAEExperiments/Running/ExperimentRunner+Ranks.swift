import Foundation
import JointVAE
import JointVAECluster
import JointVAEData
import JointVAEFiles
import JointVAERuns

extension ExperimentRunner {
  /// What came of a run, as the process that did it tells rank 0.
  private enum JobResult: Codable {
    case measured
    case failed(String)
  }

  /// Trains and measures one run, in the process of a job.
  ///
  /// - Parameters:
  ///   - call: the job; its number is that of the run, from 0.
  ///   - observers: those of the training.
  ///   - isStopRequested: as in ``run(only:observers:isStopRequested:report:)``.
  /// - Throws: as ``states()``; when rank 0 cannot be told.
  public func run(
    _ call: JobCall, observers: @escaping Observers = { _ in [] },
    isStopRequested: () -> Bool = { false }
  ) throws {
    guard plan.runs.indices.contains(call.job) else {
      throw ClusterError(
        "there is no run \(call.job + 1); start the same version of the program on all ranks")
    }
    let result = try run(
      only: [call.job], observers: observers, isStopRequested: isStopRequested
    ) { event in
      // Rank 0 that cannot be told has ended, and so does this process soon.
      try? call.send(event: event.kind)
    }
    switch result.outcomes[call.job] {
    case .measured: try call.send(result: JobResult.measured)
    case .failed(let reason): try call.send(result: JobResult.failed(reason))
    case .notRun: break
    }
  }

  /// Trains and measures what is not finished yet, on all ranks; rank 0 calls it.
  ///
  /// A run whose process dies goes on elsewhere. One that fails, or dies twice, is noted, and the others go on.
  /// - Parameters:
  ///   - farm: the ranks; their jobs call ``run(_:observers:isStopRequested:)``.
  ///   - chosen: the numbers of the runs to train, from 0; nil for all.
  ///   - isStopRequested: asked every few milliseconds. After the first true, all runs end their step and write checkpoints.
  ///   - report: called with what happens.
  /// - Throws: as ``states()``; nothing is trained then. `ClusterError` when ranks cannot be reached.
  public func run(
    on farm: JobFarm, only chosen: [Int]? = nil, isStopRequested: () -> Bool = { false },
    report: @escaping @Sendable (ExperimentEvent) -> Void = { _ in }
  ) throws -> ExperimentResult {
    let announcements = Announcements(runs: plan.runs, report: report)
    var outcomes: [ExperimentResult.Outcome] = plan.runs.map { _ in .notRun }
    var waiting: [Int] = []
    for (index, state) in try states().enumerated() where chosen?.contains(index) ?? true {
      guard case .finished = state else {
        waiting.append(index)
        continue
      }
      announcements.tell(.kept, of: index)
      outcomes[index] = measured(index)
    }
    var hasStopped = false
    let results = try farm.run(waiting, isStopRequested: isStopRequested) { event in
      switch event {
      case .told(let index, let text):
        let kind = try text.value(as: ExperimentEvent.Kind.self)
        if case .stopped = kind { hasStopped = true }
        announcements.tell(kind, of: index)
      case .moved(let index, let reason): announcements.tell(.moved(reason), of: index)
      case .ended(let index, .lost(let reason)), .ended(let index, .failed(let reason)):
        announcements.tell(.failed(reason), of: index)
      case .begun, .ended: break
      }
    }
    for (index, outcome) in results {
      switch outcome {
      case .done(let text):
        switch try text.value(as: JobResult.self) {
        case .measured: outcomes[index] = measured(index)
        case .failed(let reason): outcomes[index] = .failed(reason)
        }
      case .failed(let reason), .lost(let reason): outcomes[index] = .failed(reason)
      case .notRun: hasStopped = true
      }
    }
    return ExperimentResult(outcomes: outcomes, wasStopped: hasStopped || isStopRequested())
  }

  /// What was measured of a run that is finished. Files of another machine take a moment to be seen.
  private func measured(_ index: Int) -> ExperimentResult.Outcome {
    let path = plan.runs[index].folder(in: folder).evaluation
    let start = ContinuousClock.now
    while true {
      do { return .measured(try StoredEvaluation(contentsOf: path).evaluation) } catch {
        guard ContinuousClock.now - start < .seconds(30) else { return .failed("\(error)") }
        usleep(100_000)
      }
    }
  }

  /// What the images of all runs are, for ranks to compare: they have to be the same on all machines.
  ///
  /// - Returns: for each data set what it is, and a digest of its images, or why they cannot be had.
  public func imageDigests() throws -> [RankAgreement.Item] {
    var known: [DataSetRequest] = []
    return try plan.runs.compactMap { run in
      let request = try run.changes.request(on: run.dataSet)
      guard !known.contains(request) else { return nil }
      known.append(request)
      let digest: String
      do { digest = Fingerprint.of(try catalog.load(request)) } catch { digest = "\(error)" }
      return RankAgreement.Item("data set \(run.dataSet)", digest)
    }
  }
}
