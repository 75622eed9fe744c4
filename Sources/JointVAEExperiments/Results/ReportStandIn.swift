// STAND-IN, to be removed: JointVAEReports brings types of these names, and then nothing else here changes.
import JointVAEFiles
import JointVAEReports

/// A run that a report shows.
public struct ReportRun {
  /// What it is called.
  public var name: String
  /// Where its files are.
  public var folder: RunFolder
  /// What tells it from the others.
  public var settings: [(name: String, value: String)]

  /// A run of a report.
  public init(name: String, folder: RunFolder, settings: [(name: String, value: String)]) {
    self.name = name
    self.folder = folder
    self.settings = settings
  }
}

/// What a report is to show.
public struct ReportRequest {
  /// The heading.
  public var title: String
  /// Sentences below it.
  public var introduction: String?
  /// Names of the settings by which runs differ.
  public var axes: [String]
  /// The runs.
  public var runs: [ReportRun]

  /// A request of a report.
  public init(title: String, introduction: String?, axes: [String], runs: [ReportRun]) {
    self.title = title
    self.introduction = introduction
    self.axes = axes
    self.runs = runs
  }
}

/// A list of the runs, in place of the report.
public struct HTMLReport {
  private let request: ReportRequest

  /// The report that `request` asks for.
  public init(_ request: ReportRequest) { self.request = request }

  /// Writes the list.
  /// - Throws: `FileError`.
  @discardableResult
  public func write(to path: String) throws -> [String] {
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
    let items = request.runs.map { "<li>\(escaped($0.name))</li>" }.joined(separator: "\n")
    try AtomicFile.write(
      "<!DOCTYPE html>\n<title>\(escaped(request.title))</title>\n<ul>\n\(items)\n</ul>\n",
      to: path)
    return []
  }
}
