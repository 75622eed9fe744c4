import JointVAE
import JointVAEFiles
import JointVAERuns

extension ReportRequest {
  /// A report of any run folders; its axes are the settings in which their config.json differ.
  ///
  /// A run is called by its folder's name, or by its path where two folders have the same. A setting of a run whose
  /// config.json cannot be read is `unknown`.
  ///
  /// - Parameters:
  ///   - folders: the folders of the runs.
  ///   - title: nil for one that names the runs.
  public init(comparing folders: [RunFolder], title: String? = nil) {
    let configurations = folders.map { try? RunConfiguration(contentsOf: $0.configuration) }
    let known = configurations.compactMap { $0 }
    let differing = Self.axes.filter { axis in Set(known.map(axis.value)).count > 1 }
    let names = folders.map(\.name)
    let runs = zip(folders, configurations).map { folder, configuration in
      ReportRun(
        name: names.count { $0 == folder.name } > 1 ? folder.path : folder.name, folder: folder,
        settings: differing.map { ($0.name, configuration.map($0.value) ?? "unknown") })
    }
    self.init(
      title: title ?? Self.title(names, known), axes: differing.map(\.name), runs: runs)
  }

  private static func title(_ names: [String], _ known: [RunConfiguration]) -> String {
    let dataSets = Set(known.map(\.images.request.dataSet))
    let subject = dataSets.count == 1 ? dataSets.first.map { " on \($0)" } ?? "" : ""
    guard let only = names.first, names.count == 1 else {
      return NumberText.count(names.count, "run") + subject
    }
    return "Run \(only)" + subject
  }

  /// A setting by which runs can differ.
  private struct Axis {
    var name: String
    var value: (RunConfiguration) -> String
  }

  private static var axes: [Axis] {
    ReportSetting.all.map { Axis(name: $0.name, value: $0.value) }
  }
}

/// A run's setting as a report names it.
struct ReportSetting {
  /// Such as `batch size`.
  var name: String
  /// The setting's value in words.
  var value: @Sendable (RunConfiguration) -> String

  /// How long it trains, and every setting that it keeps.
  static let all =
    SettingTable.fixed.map { setting in
      ReportSetting(name: setting.label) { setting.words(in: $0) }
    } + [ReportSetting(name: "length") { $0.training.length.words }]
}

extension RunFolder {
  /// The folder's own name.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
