import JointVAEMetrics

/// Runs that differ in nothing but their seed.
struct RunGroup {
  /// Its values of the axes but the seed, in their order; nil where a run has none.
  let values: [String?]
  /// Its runs, by their places in the report.
  let members: [(index: Int, run: RunContents)]
  /// What the group's runs share, such as `discrete 4, loss mse`; nil when there is nothing to tell groups apart.
  let label: String?
  /// The scores of those that have any.
  let summary: SeedSummary?

  /// Whether `axis` is the one that makes runs of a group differ.
  static func isSeed(_ axis: String) -> Bool { axis.lowercased() == "seed" }

  /// The groups of `runs`, in the order of their first runs.
  static func groups(of runs: [RunContents], axes: [String]) -> [RunGroup] {
    let axes = axes.filter { !isSeed($0) }
    var order: [[String?]] = []
    var members: [[String?]: [(index: Int, run: RunContents)]] = [:]
    for (index, contents) in runs.enumerated() {
      let values = axes.map(contents.run.value(of:))
      if members[values] == nil { order.append(values) }
      members[values, default: []].append((index, contents))
    }
    return order.map { values in
      RunGroup(axes: axes, values: values, members: members[values] ?? [])
    }
  }

  private init(axes: [String], values: [String?], members: [(index: Int, run: RunContents)]) {
    self.values = values
    self.members = members
    label =
      axes.isEmpty
      ? nil : zip(axes, values).map { "\($0) \($1 ?? "unknown")" }.joined(separator: ", ")
    let evaluations = members.compactMap(\.run.evaluation)
    summary = try? SeedSummary(evaluations)
  }

  /// The group's name on a page, whatever there is to tell it by.
  var name: String { label ?? (members.count == 1 ? members[0].run.run.name : "all runs") }

  /// Runs that have scores.
  var evaluatedCount: Int { members.count { $0.run.evaluation != nil } }

  /// Its runs that have collapsed, as far as they were measured.
  var collapsed: [RunContents] {
    members.map(\.run).filter { RunObservations.isCollapsed($0) == true }
  }

  /// How many of its runs have collapsed, of how many if not of all; nil where it is unknown of all.
  var collapsedText: String? {
    let known = members.count { RunObservations.isCollapsed($0.run) != nil }
    guard known > 0 else { return nil }
    return known == members.count ? "\(collapsed.count)" : "\(collapsed.count) of \(known)"
  }

  /// A measure's values with the names of their runs.
  func dots(_ measure: MeasureDescription) -> [Chart.Dot] {
    let evaluated = members.filter { $0.run.evaluation != nil }
    guard let values = summary?.measure(under: measure)?.values, values.count == evaluated.count
    else {
      return []
    }
    return zip(evaluated, values).map { Chart.Dot(name: $0.run.run.name, value: $1) }
  }
}
