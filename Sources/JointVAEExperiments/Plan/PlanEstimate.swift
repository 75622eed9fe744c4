import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns

/// How long the runs of a plan take, worked out from a few steps of each distinct network.
public struct PlanEstimate: Sendable {
  /// A run, and what is left to do of it.
  public struct Entry: Sendable {
    /// The run.
    public let run: PlannedRun
    /// How far it is.
    public let state: RunState
    /// Steps that are left.
    public let steps: Int
    /// The median time of a step, in milliseconds.
    public let milliseconds: Double
  }

  /// One for each run.
  public let entries: [Entry]
  /// Runs trained at once.
  public let jobs: Int

  /// Seconds of training that are left. Reading data, pictures and measuring come on top.
  public var seconds: Double {
    entries.reduce(0) { $0 + Double($1.steps) * $1.milliseconds / 1000 } / Double(jobs)
  }

  /// What decides the time of a step.
  private struct Shape: Hashable {
    var image: ImageShape
    var latents: LatentSpec
    var widths: NetworkWidths
    var batchSize: Int

    init(_ training: TrainingConfiguration) {
      image = training.imageShape
      latents = training.latents
      widths = training.networkWidths
      batchSize = training.batchSize
    }
  }

  /// What decides how many images there are, and of which shape.
  private struct Images: Hashable {
    var request: DataSetRequest
    var validation: ValidationShare
  }

  /// Reads every data set once, and does some steps of each distinct network.
  /// - Throws: as `ExperimentRunner.states`; what the catalog and the trainer throw.
  public init(_ runner: ExperimentRunner) throws {
    let states = try runner.states()
    var known: [Images: ImageFacts] = [:]
    var times: [Shape: Double] = [:]
    entries = try zip(runner.plan.runs, states).map { run, state in
      let key = Images(
        request: try run.changes.request(on: run.dataSet),
        validation: run.changes.validation ?? .count(0))
      let found = try known[key] ?? Self.load(key, runner.catalog)
      known[key] = found
      let training = try run.configuration(images: found).training
      let total = try training.totalSteps(imageCount: found.count ?? 0)
      let steps =
        switch state {
        case .new: total
        case .begun(let step, _): total - step
        case .trained, .finished: 0
        }
      let shape = Shape(training)
      if times[shape] == nil && steps > 0 {
        times[shape] = try Self.milliseconds(training, runner)
      }
      return Entry(run: run, state: state, steps: steps, milliseconds: times[shape] ?? 0)
    }
    jobs = runner.jobs
  }

  private static func load(
    _ images: Images, _ catalog: DataSetCatalog
  ) throws -> ImageFacts {
    let all = try catalog.load(images.request)
    return all.facts(holdingBack: try images.validation.imageCount(of: all.count))
  }

  private static func milliseconds(
    _ training: TrainingConfiguration, _ runner: ExperimentRunner
  ) throws -> Double {
    var benchmark = StepBenchmark(configuration: training, compute: runner.computePerRun)
    benchmark.rounds = 1
    benchmark.stepsPerRound = 10
    return try benchmark.run().medianMilliseconds
  }

  /// The plan for people: a line a run, and the time of all.
  public var text: String {
    let rows = entries.map { entry in
      [
        entry.run.name, entry.state.text, "\(entry.steps) steps",
        NumberText.duration(Double(entry.steps) * entry.milliseconds / 1000),
      ]
    }
    let runs = entries.count == 1 ? "1 run" : "\(entries.count) runs"
    let atOnce = jobs == 1 ? "" : ", \(jobs) at once"
    return TextTable([["run", "state", "left", "time"]] + rows).text
      + "\n\(runs)\(atOnce): about \(NumberText.duration(seconds)) of training"
  }
}

extension RunState {
  /// In a few words, such as `step 40 of 300`.
  public var text: String {
    switch self {
    case .new: "new"
    case .begun(let step, let steps): "step \(step) of \(steps)"
    case .trained: "to be measured"
    case .finished: "finished"
    }
  }
}
