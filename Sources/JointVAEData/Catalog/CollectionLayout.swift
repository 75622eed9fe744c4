import JointVAEFiles

/// How the names of a collection's files give parts and classes.
///
/// A folder called `train`, `test`, `eval` or the like, at the top, below folders that hold
/// everything, or below each class, is a part of the data set; the first folder below it is a class.
/// Files that lie in no folder, or all in the same one, have no class.
public struct CollectionLayout: Hashable, Sendable {
  /// Where an image's class is written.
  public enum Labels: Hashable, Sendable {
    /// Its folder.
    case folders
    /// A number from 1 behind `label_` in its name, as in `id_7_label_28.png`.
    case numberInFileName
    /// Nowhere.
    case none
  }

  /// Where an image's class is written.
  public var labels = Labels.folders
  /// Class folders that hold other classes' images once more.
  var skippedFolders: Set<String> = []
  /// Whether a part's name behind a class's name is not part of it: `plus val` is the class `plus`.
  var cutsPartNames = false
  /// The part of each image that shows its subject.
  var box: ImagePreparer.Box?

  /// A folder a class.
  static let folders = CollectionLayout()

  init(
    labels: Labels = .folders, skippedFolders: Set<String> = [], cutsPartNames: Bool = false,
    box: ImagePreparer.Box? = nil
  ) {
    self.labels = labels
    self.cutsPartNames = cutsPartNames
    self.skippedFolders = skippedFolders
    self.box = box
  }
}

/// The part of a data set that its makers set aside for a purpose.
public enum DataSplit: String, CaseIterable, Codable, Sendable {
  /// To learn from.
  case train
  /// To measure with, never to learn from.
  case test
  /// Both together, which the catalog joins; a generator by itself draws the images to learn from.
  case all

  /// The parts that files are of.
  static let parts: [DataSplit] = [.train, .test]
}

/// Thrown when a data set lacks one of its parts.
struct MissingPart: Error {
  /// The file or folder, and what is wrong with it.
  var error: FileError

  /// - Parameters:
  ///   - place: where the parts that are there were found, as the end of the sentence.
  init(_ path: String, _ split: DataSplit, there: [String], _ place: String = "") {
    error = FileError(
      path, "has no \(split.rawValue) part; it has \(there.joined(separator: ", "))\(place)")
  }
}
