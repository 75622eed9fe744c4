import JointVAE
import JointVAEFiles
import JointVAERuns

/// All runs of an experiment, in the order they are begun: the seeds of a setting one after the other.
public struct ExperimentPlan: Sendable {
  /// What is planned.
  public let experiment: Experiment
  /// Whether these are the quick ones.
  public let isQuick: Bool
  /// At least one run; their names differ.
  public let runs: [PlannedRun]

  /// The most runs an experiment may have.
  public static let runLimit = 10_000
  /// Runs beyond which a program should ask before it starts them.
  public static let usualRunLimit = 200

  /// The runs of `experiment`.
  ///
  /// - Parameters:
  ///   - experiment: what the file describes.
  ///   - isQuick: whether the settings under its key `quick` are applied.
  ///   - dataPath: the data set's files, in place of those that the file names.
  ///   - seeds: random seeds, in place of those that the file lists; each once.
  /// - Throws: `FileError` naming the run and the setting that cannot be, or when there are too many.
  public init(
    _ experiment: Experiment, isQuick: Bool = false, dataPath: String? = nil,
    seeds chosen: [UInt64]? = nil
  ) throws {
    self.experiment = experiment
    self.isQuick = isQuick
    let seeds = chosen ?? (isQuick ? experiment.quick.seeds : nil) ?? experiment.seeds
    try Self.requireBounded(experiment, seedCount: seeds.count)
    var runs: [PlannedRun] = []
    for named in experiment.named.isEmpty ? [nil] : experiment.named.map({ $0 }) {
      for values in Self.combinations(of: experiment.axes) {
        for seed in seeds {
          runs.append(
            try Self.run(
              experiment, named: named, values: values, seed: seed, isQuick: isQuick,
              dataPath: dataPath))
        }
      }
    }
    try Self.requireDifferentNames(runs, path: experiment.path)
    self.runs = runs
  }

  /// The groups in the order of their first runs, each with its runs.
  public var groups: [(name: String, runs: [PlannedRun])] {
    var order: [String] = []
    var members: [String: [PlannedRun]] = [:]
    for run in runs {
      if members[run.group] == nil { order.append(run.group) }
      members[run.group, default: []].append(run)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  /// The number of a run, from 0.
  ///
  /// - Parameter run: its name, or its number from 1.
  /// - Throws: `FileError` when there is none.
  public func index(of run: String) throws -> Int {
    if let index = runs.firstIndex(where: { $0.name == run }) { return index }
    if let number = Int(run), runs.indices.contains(number - 1) { return number - 1 }
    let guess = NearestName.of(run, among: runs.map(\.name)).map { "; did you mean \($0)?" } ?? ""
    throw FileError(
      experiment.path,
      "has no run \(run.quoted); expected a name, or a number from 1 to \(runs.count)\(guess)")
  }

  private static func requireBounded(_ experiment: Experiment, seedCount: Int) throws {
    let factors = [max(1, experiment.named.count), seedCount] + experiment.axes.map(\.values.count)
    var count = 1
    for factor in factors {
      let (product, overflow) = count.multipliedReportingOverflow(by: factor)
      guard !overflow, product <= runLimit else {
        throw FileError(
          experiment.path,
          "makes more than \(runLimit) runs ("
            + factors.filter { $0 > 1 }.map(String.init).joined(separator: " x ")
            + "); leave values out")
      }
      count = product
    }
  }

  /// Every choice of one value an axis, those of the last axis changing first.
  private static func combinations(of axes: [Experiment.Axis]) -> [[SettingValue]] {
    axes.reduce([[]]) { choices, axis in
      choices.flatMap { choice in axis.values.map { choice + [$0] } }
    }
  }

  private static func run(
    _ experiment: Experiment, named: Experiment.NamedRun?, values: [SettingValue], seed: UInt64,
    isQuick: Bool, dataPath: String?
  ) throws -> PlannedRun {
    let settings = values.map { (name: $0.name, text: $0.text) }
    let name = FolderName.of(named?.name, settings)
    let quick = isQuick ? experiment.quick.settings : []
    var changes = SettingChanges()
    let run: PlannedRun
    do {
      for value in experiment.base + (named?.settings ?? []) + quick + values {
        value.apply(to: &changes)
      }
      changes.seed = seed
      changes.dataPath = dataPath ?? changes.dataPath
      guard let dataSet = changes.dataSet else {
        throw ConfigurationError(
          "dataset", "missing", expected: "a data set's name or path, such as dataset: mnist")
      }
      run = PlannedRun(
        name: name.isEmpty ? "seed-\(seed)" : "\(name)_seed-\(seed)",
        group: name.isEmpty ? "all" : name, label: named?.name,
        settings: settings.map { PlannedRun.Setting(name: $0.name, value: $0.text) },
        seed: seed, dataSet: dataSet, changes: changes)
      let configuration = try run.configuration()
      let held = configuration.images.validation
      if experiment.evaluation.part == .validation, [.count(0), .share(0)].contains(held) {
        // Known now, it need not be found out after the training.
        throw ConfigurationError(
          "validation", held.description,
          expected: "a share such as 0.1, since evaluate.split is validation")
      }
    } catch let error as ConfigurationError {
      let place = named.map { "line \($0.value.line), column \($0.value.column): " } ?? ""
      throw FileError(
        experiment.path, place + (name.isEmpty ? "" : "run \(name): ") + error.description)
    }
    return run
  }

  private static func requireDifferentNames(_ runs: [PlannedRun], path: String) throws {
    // Some file systems do not tell capitals apart.
    var names: [String: PlannedRun] = [:]
    for run in runs {
      if let other = names.updateValue(run, forKey: run.name.lowercased()) {
        throw FileError(
          path,
          "has two runs that would both be called \(run.name): \(other.description) and "
            + "\(run.description); give them names under runs")
      }
    }
  }
}

extension PlannedRun {
  /// Its settings in words, such as `discrete 4, loss mse, seed 1`.
  public var description: String {
    ([label].compactMap { $0 } + settings.map { "\($0.name) \($0.value)" } + ["seed \(seed)"])
      .joined(separator: ", ")
  }
}
