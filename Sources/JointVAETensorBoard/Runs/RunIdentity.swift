import JointVAEFiles
import JointVAERuns

/// The settings of a run as a text of its event files, which TensorBoard shows and by which the run is known again.
enum RunIdentity {
  /// The text's tag.
  static let tag = "run/config"
  /// Four spaces make lines of Markdown stand as they are.
  private static let indentation = "    "

  /// The text for a run: its config.json without places of files.
  static func text(_ configuration: RunConfiguration) throws -> String {
    var configuration = configuration
    configuration.images = configuration.images.withoutPlaces
    return try configuration.json().split(separator: "\n").map { "\(indentation)\($0)" }
      .joined(separator: "\n")
  }

  /// Requires that the events in `folder` are of this run, if there are any.
  ///
  /// - Returns: whether there are some.
  /// - Throws: `FileError` for events of another run or of another program.
  @discardableResult
  static func require(_ configuration: RunConfiguration, in folder: EventFolder) throws -> Bool {
    guard let text = try folder.identity() else { return false }
    let json = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
    guard let stored = try? RunConfiguration(json: json.utf8, named: folder.path) else {
      throw FileError(
        folder.path, "holds events that name no run; remove them, or choose another folder")
    }
    var own = configuration
    own.images = own.images.withoutPlaces
    if let difference = SettingTable.difference(of: own, from: stored) {
      throw FileError(
        folder.path, "holds the events of another run, with \(difference); choose another folder")
    }
    guard stored.images.fingerprint == own.images.fingerprint else {
      throw FileError(
        folder.path, "holds the events of a run on other images; choose another folder")
    }
    return true
  }

  /// The settings for TensorBoard's table.
  static func settings(
    _ configuration: RunConfiguration
  ) -> [(name: String, value: HyperParameters.Value)] {
    SettingTable.all.compactMap { setting in
      guard setting.isFixed || ["epochs", "steps"].contains(setting.name) else { return nil }
      let words = setting.words(in: configuration)
      guard words != "none" else { return nil }
      return (setting.name, Double(words).map { .number($0) } ?? .text(words))
    }
  }
}
