import JointVAEFiles
import JointVAERuns

/// Reads the keys of an experiment file.
struct ExperimentReader {
  private let document: YAMLValue
  private let path: String

  private static let keys = [
    "name", "title", "description", "base", "axes", "runs", "seeds", "quick", "evaluate",
    "baseline",
  ]
  private static let settingNames = Experiment.settingNames

  /// - Parameter path: the file's, from which an experiment without a name has one.
  init(_ document: YAMLValue, path: String) {
    self.document = document
    self.path = path
  }

  /// The experiment, with every value checked by itself.
  /// - Throws: `YAMLProblem`.
  func experiment() throws -> Experiment {
    var values: [String: YAMLValue] = [:]
    for entry in try document.entries(expected: "an experiment with keys such as base and axes") {
      guard Self.keys.contains(entry.name) else { throw entry.unknown(among: Self.keys) }
      values[entry.name] = entry.value
    }
    let name = try values["name"].map(Self.name) ?? nameOfFile()
    let axes = try values["axes"].map(Self.axes) ?? (settings: [], seeds: nil)
    if axes.seeds != nil, let seeds = values["seeds"] {
      throw seeds.problem("and axes.seed both list seeds; give one of them")
    }
    let named = try values["runs"].map(Self.runs) ?? []
    if let baseline = values["baseline"] {
      let name = try baseline.text(expected: "the name of one of the runs")
      guard named.contains(where: { $0.name == name }) else {
        throw baseline.problem("is \(name.quoted); expected the name of one of the runs")
      }
      guard axes.settings.isEmpty else {
        throw baseline.problem("goes with named runs without axes")
      }
    }
    let experiment = Experiment(
      name: name,
      title: try values["title"]?.text(expected: "a line of text") ?? name,
      description: try values["description"]?.text(expected: "some sentences"),
      path: path,
      base: try values["base"].map { try Self.settings($0) } ?? [],
      axes: axes.settings,
      named: named,
      baseline: try values["baseline"]?.text(expected: "the name of one of the runs"),
      seeds: try values["seeds"]?.seeds() ?? axes.seeds ?? [1],
      quick: try values["quick"].map(Self.quick) ?? Experiment.QuickChanges(),
      evaluation: try values["evaluate"].map { try EvaluationSettings($0) } ?? EvaluationSettings())
    try Self.requireNoOverlap(experiment)
    return experiment
  }

  // MARK: Names

  /// The file's name without its folder and ending.
  private func nameOfFile() throws -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let name = last.split(separator: ".").first.map(String.init) ?? last
    guard FolderName.isSafe(name) else {
      throw document.problem(
        "the file's name \(name.quoted) is no name for a folder; give the experiment one with name:"
      )
    }
    return name
  }

  private static func name(_ value: YAMLValue) throws -> String {
    let expected = "a word of letters, digits, . - and _, such as discrete-values"
    let name = try value.text(expected: expected)
    guard FolderName.isSafe(name) else {
      throw value.problem("is \(name.quoted); expected \(expected)")
    }
    return name
  }

  // MARK: Settings

  /// The settings of a mapping.
  private static func settings(_ value: YAMLValue) throws -> [SettingValue] {
    try settings(try value.entries(expected: "settings, such as dataset: mnist"))
  }

  private static func settings(_ entries: [YAMLValue.Entry]) throws -> [SettingValue] {
    var settings: [SettingValue] = []
    for entry in entries {
      if entry.name == "seed" {
        throw entry.value.problem("is not set here; list the seeds under seeds, such as [1, 2, 3]")
      }
      guard Self.settingNames.contains(entry.name) else {
        throw entry.unknown(among: settingNames)
      }
      settings.append(try SettingValue(name: entry.name, entry.value))
    }
    for setting in settings {
      if let rival = SettingTable.named(setting.name)?.rival,
        settings.contains(where: { $0.name == rival })
      {
        throw setting.value.problem("and \(rival) exclude each other; give one of them")
      }
    }
    return settings
  }

  private static func axes(
    _ value: YAMLValue
  ) throws -> (settings: [Experiment.Axis], seeds: [UInt64]?) {
    var axes: [Experiment.Axis] = []
    var seeds: [UInt64]?
    for entry in try value.entries(expected: "settings with lists of values") {
      if entry.name == "seed" {
        seeds = try entry.value.seeds()
        continue
      }
      guard let setting = SettingTable.named(entry.name) else {
        throw entry.unknown(among: settingNames + ["seed"])
      }
      var values: [SettingValue] = []
      for element in try entry.value.list(
        expected: "a list of values, each \(setting.kind.expectation)")
      {
        let value = try SettingValue(name: entry.name, element)
        guard !values.contains(where: { $0.text == value.text }) else {
          throw element.problem("is \(value.text), which is there already; give each value once")
        }
        values.append(value)
      }
      axes.append(Experiment.Axis(name: entry.name, values: values))
    }
    return (axes, seeds)
  }

  private static func runs(_ value: YAMLValue) throws -> [Experiment.NamedRun] {
    var runs: [Experiment.NamedRun] = []
    for element in try value.list(expected: "a list of runs, each with a name and settings") {
      let entries = try element.entries(expected: "a run with a name and settings")
      guard let nameEntry = entries.first(where: { $0.name == "name" }) else {
        throw element.problem("has no name; give each run one")
      }
      let name = try name(nameEntry.value)
      guard !runs.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
        throw nameEntry.value.problem(
          "is \(name.quoted), which another run is called; give each run a name of its own")
      }
      let settings = try settings(entries.filter { $0.name != "name" })
      runs.append(Experiment.NamedRun(name: name, settings: settings, value: element))
    }
    return runs
  }

  private static func quick(_ value: YAMLValue) throws -> Experiment.QuickChanges {
    let entries = try value.entries(expected: "settings, such as epochs: 2, and seeds")
    return Experiment.QuickChanges(
      settings: try settings(entries.filter { $0.name != "seeds" }),
      seeds: try entries.first { $0.name == "seeds" }?.value.seeds())
  }

  /// A value on an axis holds for all of it: nothing else may set the same.
  private static func requireNoOverlap(_ experiment: Experiment) throws {
    for axis in experiment.axes {
      let others =
        experiment.base + experiment.named.flatMap(\.settings) + experiment.quick.settings
      let slot = Self.slot(axis.name)
      if let other = others.first(where: { Self.slot($0.name) == slot }) {
        throw other.value.problem("is set by axes.\(axis.name), too; leave one of them out")
      }
      if let other = experiment.axes.first(where: { $0 != axis && Self.slot($0.name) == slot }) {
        throw other.values[0].value.problem(
          "and axes.\(axis.name) set the same; leave one of them out")
      }
    }
  }

  /// What a setting sets: epochs and steps both the length, gray and rgb both the colors.
  private static func slot(_ name: String) -> String {
    SettingTable.named(name)?.rival ?? name
  }
}

extension Experiment {
  /// The names of all settings that an experiment file may have: seeds have a list of their own.
  package static let settingNames = SettingTable.all.map(\.name).filter {
    $0 != SettingTable.rows.seed.row.name
  }
}
