import JointVAERuns

/// A run to show in a report, and what sets it apart from the others.
public struct ReportRun: Sendable {
  /// What the report calls it.
  public var name: String
  /// Where its files are; not all of them need be there.
  public var folder: RunFolder
  /// Its values of the report's axes, such as `discrete` and `4`.
  public var settings: [(name: String, value: String)]

  /// The run in `folder`.
  public init(name: String, folder: RunFolder, settings: [(name: String, value: String)] = []) {
    self.name = name
    self.folder = folder
    self.settings = settings
  }

  /// Its value of `axis`, if it has one.
  func value(of axis: String) -> String? { settings.first { $0.name == axis }?.value }
}

/// What a report shows.
public struct ReportRequest: Sendable {
  /// The page's heading.
  public var title: String
  /// What it is about, in plain text; an empty line begins a new paragraph.
  public var introduction: String?
  /// The settings by which the runs differ, in the order of the table's columns. Runs that differ in `seed` alone are
  /// taken together.
  public var axes: [String]
  /// The runs, in their order.
  public var runs: [ReportRun]
  /// A program's command that measures a run, for the pages of runs without scores; nil for a program that has none.
  public var evaluationCommand: (@Sendable (RunFolder) -> String)?

  /// A report of `runs`.
  public init(
    title: String, introduction: String? = nil, axes: [String] = [], runs: [ReportRun]
  ) {
    self.title = title
    self.introduction = introduction
    self.axes = axes
    self.runs = runs
  }
}
