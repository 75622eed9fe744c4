import Foundation
import JointVAE
import JointVAECluster
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// Evaluations of several models on the ranks of a launcher, each in a process of its own.
extension EvaluateCommand {
  /// Evaluates one model, in the process that a rank has started for it.
  func evaluate(_ call: JobCall) throws {
    call.listen()
    do {
      guard models.indices.contains(call.job) else {
        throw ClusterError(
          "there is no model \(call.job + 1); start the same version of the program on all ranks")
      }
      var request = request
      request.compute = Compute(threads: call.threads)
      let report = try EvaluationReport(
        of: [models[call.job]], request,
        catalog: Environment.catalog(threads: call.threads, printsRemarks: true, isQuiet: true))
      try call.send(result: report.runs)
    } catch {
      try call.send(failure: "\((error as? FileError)?.advised ?? error)")
    }
  }

  /// Evaluates all models with the other ranks. Rank 0 prints, as a program without ranks does.
  func evaluateOnRanks() throws {
    let stop = StopSignal()
    guard let work = try RankWork.join(stop: stop, threads: threads) else { return }
    let digest = Result {
      try request.imageDigest(
        of: models[0], catalog: Environment.catalog(threads: threads, isQuiet: true))
    }
    let images = (try? digest.get()) ?? "unreadable"
    let agreement =
      models.map { RankAgreement.Item("model \($0)", RankAgreement.digest(ofModel: $0)) }
      + [RankAgreement.Item("data set for \(models[0])", images)]
    try work.share(agreement: agreement) { farm in
      let outcomes = try farm.run(Array(models.indices), isStopRequested: stop.wasRequested)
      var runs: [Evaluation] = []
      for index in models.indices {
        switch outcomes[index] ?? .notRun {
        case .done(let text): runs += try text.value(as: [Evaluation].self)
        case .failed(let reason): throw ClusterError(reason)
        case .lost(let reason):
          throw FileError(models[index], "cannot be evaluated: \(reason)")
        case .notRun:
          throw FileError(models[index], "was not evaluated, since the evaluation was stopped")
        }
      }
      try print(EvaluationReport(runs))
    }
  }
}

extension RankAgreement {
  /// A digest of a model: of its file, or of the weights of a run.
  fileprivate static func digest(ofModel path: String) -> String {
    let run = RunFolder(path)
    return fileDigest(run.isRun ? run.model : path)
  }
}
