/// A comparison of training runs that differ in a few settings, as an experiment file describes it.
///
/// docs/experiments.md lists what such a file may hold.
public struct Experiment: Hashable, Sendable {
  /// A short word, of which the folder of its runs is named.
  public let name: String
  /// What stands above its report.
  public let title: String
  /// What it compares, and why, in sentences.
  public let description: String?
  /// The file it was read from.
  public let path: String
  /// Settings of every run.
  let base: [SettingValue]
  /// Settings that take each of several values, in every combination.
  let axes: [Axis]
  /// Runs that are named rather than made of axes; with axes, each of them takes every combination.
  let named: [NamedRun]
  /// The named run that the others are compared with, seed by seed; nil for none.
  let baseline: String?
  /// Each run is trained once with each.
  let seeds: [UInt64]
  /// What a quick run changes.
  let quick: QuickChanges
  /// What the models are measured on.
  let evaluation: EvaluationSettings

  /// A setting with its values, of which there are at least one.
  struct Axis: Hashable, Sendable {
    var name: String
    var values: [SettingValue]
  }

  /// A run that has a name.
  struct NamedRun: Hashable, Sendable {
    var name: String
    var settings: [SettingValue]
    /// Where it stands.
    var value: YAMLValue
  }

  /// What `--quick` changes.
  struct QuickChanges: Hashable, Sendable {
    /// Settings in place of those of the base and of named runs.
    var settings: [SettingValue] = []
    /// Seeds in place of the experiment's.
    var seeds: [UInt64]?
  }

  /// Reads an experiment file.
  /// - Throws: `FileError` naming the file, and line, column and key of the first thing that cannot be.
  public init(contentsOf path: String) throws {
    let document = try YAMLFile.read(path)
    do {
      self = try ExperimentReader(document, path: path).experiment()
    } catch let problem as YAMLProblem {
      throw problem.error(in: path)
    }
  }

  init(
    name: String, title: String, description: String?, path: String, base: [SettingValue],
    axes: [Axis], named: [NamedRun], baseline: String?, seeds: [UInt64], quick: QuickChanges,
    evaluation: EvaluationSettings
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.path = path
    self.base = base
    self.axes = axes
    self.named = named
    self.baseline = baseline
    self.seeds = seeds
    self.quick = quick
    self.evaluation = evaluation
  }
}
