import ArgumentParser
import Foundation
import JointVAE
import JointVAECluster
import JointVAEData
import JointVAELive
import JointVAEReport
import JointVAERuns
import JointVAETensorBoard

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on a data set.",
    discussion: """
      DATASET is a name that jointvae data list shows, or the path of a folder, an archive or a file of images. Settings \
      come from the data set's recipe; the options below change them one by one.

        jointvae train shapes --out runs/demo
        jointvae train mnist --data ../shared/data/mnist --epochs 10 --threads 2
        jointvae train --resume --out runs/demo --epochs 40
        jointvae train mnist --restarts 4 --out runs/digits
        jointvae train shapes --restarts 5 --choose udr
        jointvae train mnist --tensorboard
        jointvae train mnist --live

      The run folder holds config.json, metrics.csv, epochs.csv, model.safetensors, checkpoints, pictures and report.html. Ctrl-C ends \
      the step, writes a checkpoint and exits with 130 (SIGTERM: 143); a second Ctrl-C ends at once. --resume continues from \
      the last checkpoint, also after a crash. The model is the same as that of a run that was never interrupted.
      """)

  @Argument(
    help: "The data set; with --resume, the run's own.", completion: Completions.dataSets)
  var dataset: String?

  @OptionGroup(title: "Usual options")
  var usual: SettingOptions<EverydaySettings>

  @OptionGroup(title: "Run")
  var options: RunOptions

  @OptionGroup(title: "Advanced: images")
  var data: SettingOptions<DataSettings>

  @OptionGroup(title: "Advanced: preparation")
  var preparation: SettingOptions<PreparationSettings>

  @OptionGroup(title: "Advanced: model")
  var model: SettingOptions<ModelSettings>

  @OptionGroup(title: "Advanced: training")
  var training: SettingOptions<TrainingSettings>

  func validate() throws {
    if dataset == nil && !options.resume {
      throw ValidationError("Missing DATASET: name a data set, such as shapes or mnist.")
    }
    if dataset == nil && options.out == nil {
      throw ValidationError("--resume needs --out RUN, or the DATASET whose run is runs/DATASET.")
    }
    if let threads = options.threads { try Parsing.requirePositive(("--threads", threads)) }
    if options.restarts == nil && options.restartSteps != nil {
      throw ValidationError("--restart-steps needs --restarts N, the number of seeds.")
    }
    if let port = options.livePort {
      guard options.live else {
        throw ValidationError("--live-port needs --live, which serves the page.")
      }
      guard (1...65535).contains(port) else {
        throw ValidationError("--live-port is \(port); expected a number from 1 to 65535.")
      }
    }
    if options.restarts == nil && options.choose != nil {
      throw ValidationError("--choose needs --restarts N, the number of seeds.")
    }
    do { try restartRequest?.validate() } catch { throw ValidationError("\(error).") }
    if let dataset {
      do { _ = try changes.newRun(on: dataset) } catch let error as ConfigurationError {
        throw ValidationError("\(error).")
      }
    }
  }

  func run() throws {
    do {
      try FolderAdvice.train.added(to: RankWork.isThere ? trainOnRanks : train)
    } catch  where options.json && !(error is ExitCode) {
      try TrainingEventStream.failure(error)
      throw error
    }
  }

  private func train() throws {
    if let call = RankWork.call { return try trainSeed(call) }
    try train(on: nil)
  }

  /// Trains the run; the seeds of --restarts on all ranks, where there are some.
  ///
  /// - Parameters:
  ///   - farm: ranks for the seeds of --restarts.
  ///   - ranksStop: what stops all ranks.
  ///   - team: ranks that train the one model together, of which this is rank 0.
  ///   - threads: those of this rank; nil for what the user asks for.
  func train(
    on farm: JobFarm?, stop ranksStop: StopSignal? = nil, team: RankTeam? = nil,
    threads: Int? = nil
  ) throws {
    let compute = try Environment.compute(threads: threads ?? options.threads)
    let folder = RunFolder(options.out ?? "runs/\(RunFolder.name(for: dataset ?? ""))")
    let catalog = Environment.catalog(threads: options.threads, isQuiet: options.quiet)
    let progress = ProgressReporter(isQuiet: options.quiet)
    defer { progress.clear() }
    let live = try makeLivePage(progress)
    // Without an end of its own, the training has failed.
    defer { live?.close() }
    let hasChosen = try chooseSeed(
      in: folder, catalog: catalog, compute: compute, progress: progress, live: live, farm: farm,
      stop: ranksStop)
    let run =
      options.resume || hasChosen
      ? try TrainingRun.resume(
        folder, changes: hasChosen ? changes.ofChosenSeed : changes, catalog: catalog)
      : try TrainingRun.begin(
        in: folder, on: dataset ?? "", changes: changes, catalog: catalog, team: team)
    let stop = ranksStop ?? StopSignal()
    progress.introduce(run)
    let events = options.json ? TrainingEventStream(run) : nil
    let result = try run.train(
      compute: compute,
      observers: [
        stop, progress, PageWriter(folder, evaluationCommand: EvaluateCommand.storingScores(of:)),
      ] + [events].compactMap { $0 }
        + eventLog(run) + livePage(live, of: run), team: team)
    if let events {
      try events.end(run, result)
    } else if options.quiet {
      for warning in run.closingWarnings(result) { progress.note("warning: \(warning)") }
    } else {
      try StandardOutput.print(run.closing(result, status: progress.status))
      if result.ending == .finished { try options.terminal.draw(fileAt: folder.samples) }
    }
    if result.ending == .stopped, let signal = stop.request { throw ExitCode(128 + signal) }
  }

  /// Trains the seeds of --restarts until one is chosen; false when the run is to begin or go on without.
  private func chooseSeed(
    in folder: RunFolder, catalog: DataSetCatalog, compute: Compute,
    progress: ProgressReporter, live: LiveTraining?, farm: JobFarm?, stop ranksStop: StopSignal?
  ) throws -> Bool {
    let search: SeedSearch
    if options.resume {
      guard
        let unfinished = try SeedSearch.resume(
          folder, changes: changes, request: restartRequest, catalog: catalog)
      else { return options.restarts != nil }
      search = unfinished
    } else {
      guard let restartRequest else { return false }
      search = try SeedSearch.begin(
        in: folder, on: dataset ?? "", changes: changes, request: restartRequest, catalog: catalog)
    }
    let stop = ranksStop ?? StopSignal()
    let ending: SeedSearch.Ending
    if let farm {
      ending = try search.choose(
        on: farm, compute: compute, isStopRequested: stop.wasRequested,
        onEvent: { announce($0.text, progress) },
        onMove: { announce("seed \($0) goes on elsewhere: \($1)", progress) })
    } else {
      ending = try search.choose(
        compute: compute,
        observers: { run in
          progress.introduce(run)
          return [stop, progress] + (options.json ? [TrainingEventStream(run)] : [])
            + eventLog(run) + livePage(live, of: run)
        }, onEvent: { announce($0.text, progress) })
    }
    guard ending == .stopped, let signal = stop.request else { return true }
    if options.json {
      try TrainingEventStream.note(search.closing)
    } else if !options.quiet {
      try StandardOutput.print(search.closing)
    }
    throw ExitCode(128 + signal)
  }

  /// Event files, where the user asks for them or the run has some.
  func eventLog(_ run: borrowing TrainingRun) -> [any TrainingObserver] {
    options.tensorboard || TensorBoardLog.isThere(in: run.folder) ? [TensorBoardLog(run)] : []
  }

  /// Serves the page of --live and prints its address, before anything is read or trained.
  /// - Throws: `ConfigurationError` when the port cannot be had.
  private func makeLivePage(_ progress: ProgressReporter) throws -> LiveTraining? {
    guard options.live else { return nil }
    let isQuiet = options.quiet
    let live = try LiveTraining(port: options.livePort) { remark in
      if !isQuiet { progress.note("note: \(remark)") }
    }
    if options.json { try TrainingEventStream.live(live.address) }
    progress.note("live: \(live.address)")
    return live
  }

  private func livePage(
    _ live: LiveTraining?, of run: borrowing TrainingRun
  ) -> [any TrainingObserver] {
    live.map { [$0.observer(of: run)] } ?? []
  }

  private func announce(_ text: String, _ progress: ProgressReporter) {
    // What cannot be written here cannot be written a step later, which then is an error.
    if options.json { try? TrainingEventStream.note(text) }
    if !options.quiet { progress.note(text) }
  }

  var restartRequest: RestartRequest? {
    options.restarts.map {
      RestartRequest(count: $0, steps: options.restartSteps, choice: options.choose)
    }
  }

  var changes: SettingChanges {
    var changes = usual.changes.merging(data.changes).merging(preparation.changes)
      .merging(model.changes).merging(training.changes)
    changes.dataSet = dataset
    return changes
  }
}
