import ArgumentParser
import JointVAEData
import JointVAEFiles
import JointVAERuns

/// Arguments that name pictures of the user's own.
enum PictureFiles {
  /// - Throws: `ValidationError` when one of `changes`, or of `others`, has nothing to do with pictures.
  static func refuse(_ changes: SettingChanges, _ others: [(option: String, isGiven: Bool)]) throws
  {
    let settings = PreparationSettings.settings.map(\.name)
      .filter { !OwnPictures.settings.contains($0) && changes[text: $0] != nil }
    let given = others.filter(\.isGiven).map(\.option) + settings.map { "--\($0)" }
    guard let first = given.first else { return }
    throw ValidationError("\(first) chooses images of a data set; leave it out with pictures.")
  }

  /// The pictures at `paths`, prepared for `stored`. What a user should know of them goes to standard error.
  static func load(
    _ paths: [String], for stored: StoredModel, _ changes: SettingChanges
  ) throws -> OwnPictures {
    let pictures = try stored.pictures(at: paths, changes: changes)
    for sentence in pictures.sentences { Terminal().write("\(sentence)\n") }
    return pictures
  }
}
