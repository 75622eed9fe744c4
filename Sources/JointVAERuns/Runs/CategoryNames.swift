import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEMetrics
import JointVAEONNX

/// Names of the categories of a model's first discrete variable, such as those of the classes they stand for.
///
/// Training knows no names: which category stands for which class is seen afterwards. A model file holds the names in its
/// metadata, a run in names.json. A category without a name has an empty one; several may share a name.
public struct CategoryNames: Hashable, Sendable {
  /// A name for each category, in their order.
  public private(set) var names: [String]

  /// The key of a model file's metadata.
  static let key = "categories"
  private static let lengthLimit = 100

  /// Names for `count` categories, none of them given yet.
  public init(count: Int) { names = Array(repeating: "", count: count) }

  /// Reads the text of a model file: names with commas between them, or a JSON list where a name has a comma.
  ///
  /// - Parameter count: the model's categories.
  /// - Returns: nil for a text that has not as many names.
  init?(text: String, count: Int) {
    if text.hasPrefix("["),
      let names = try? JSONDecoder().decode([String].self, from: Data(text.utf8))
    {
      self.names = names
    } else {
      names = text.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    guard names.count == count else { return nil }
  }

  /// As `init(text:count:)` reads it.
  func text() throws -> String {
    guard names.contains(where: { $0.contains(",") || $0.hasPrefix("[") }) else {
      return names.joined(separator: ", ")
    }
    return String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
  }

  /// Gives category `index` a name; an empty one takes it away.
  /// - Throws: `ConfigurationError` for a category that there is not, or a name longer than 100 characters.
  public mutating func name(_ index: Int, _ name: String) throws {
    guard names.indices.contains(index) else {
      throw ConfigurationError(
        "category", "\(index)", expected: "a number from 0 to \(names.count - 1)")
    }
    guard name.count <= Self.lengthLimit, !name.contains(where: \.isNewline) else {
      throw ConfigurationError(
        "name of category \(index)", name.quoted,
        expected: "one line of at most \(Self.lengthLimit) characters")
    }
    names[index] = name.trimmingCharacters(in: .whitespaces)
  }

  /// The categories called `name`.
  /// - Throws: `ConfigurationError` with the names there are, when none is called so.
  public func categories(named name: String) throws -> [Int] {
    let exact = names.indices.filter { names[$0] == name }
    let found =
      exact.isEmpty
      ? names.indices.filter { names[$0].lowercased() == name.lowercased() } : exact
    guard !found.isEmpty, !name.isEmpty else {
      let known = Array(Set(names).subtracting([""])).sorted()
      let guess = NearestName.of(name, among: known).map { " (did you mean \($0.quoted)?)" } ?? ""
      throw ConfigurationError(
        "class", name.quoted,
        expected: known.isEmpty
          ? "no class, as the categories have no names yet"
          : "one of \(known.map(\.quoted).joined(separator: ", "))\(guess)")
    }
    return found
  }
}

extension StoredModel {
  /// The names of the first discrete variable's categories; nil for a model without one, or without names.
  public var categoryNames: CategoryNames? {
    guard let count = model.latents.discrete.first, let text = notes[CategoryNames.key] else {
      return nil
    }
    return CategoryNames(text: text, count: count)
  }

  /// The class that most of each category's images have.
  ///
  /// - Parameter images: images with labels, of the model's shape. They name what was learned without them.
  /// - Throws: `MetricError` for images without labels or a model without discrete variables; `ModelError`.
  public func categoryNames(fromClassesOf images: LabeledImages) throws -> CategoryNames {
    var options = EvaluationOptions()
    options.labelVariable = 0
    options.likelihoodSamples = 0
    let scores = try model.evaluate(on: images, options: options).requireAccuracy()
    var names = CategoryNames(count: model.latents.discrete[0])
    for (category, label) in scores.majorityMap.enumerated() {
      if let label { try names.name(category, images.classNames[label]) }
    }
    return names
  }

  /// Keeps names with the model: in the run's names.json, or in the metadata of its safetensors file.
  /// - Throws: `FileError` for a model that has no place for names, or a file that cannot be written.
  public func write(_ names: CategoryNames) throws {
    let folder = RunFolder(path)
    if folder.isRun {
      try JSONText.write([CategoryNames.key: names.text()], to: folder.names)
      return
    }
    try write(notes: [CategoryNames.key: names.text()], called: "names")
  }

  /// Keeps notes in the metadata of the model's safetensors file.
  /// - Throws: `FileError` for a model in another kind of file, or a file that cannot be written.
  func write(notes: [String: String], called name: String) throws {
    guard PathKind(file) == .file, CheckpointFormat(path: file) == .safetensors,
      ONNXPair.Paths(file) == nil
    else {
      throw FileError(
        path,
        "has no place for \(name); expected a run folder or a .safetensors "
          + "file, which convert writes")
    }
    let metadata = try metadata().merging(notes) { _, new in new }
    let bytes = try BoundedFile.read(file, limit: Safetensors.sizeLimit)
    let stored = try CheckpointFile(bytes: bytes, named: file)
    // Weights of 16 bits were read as 32; they fit into 16 again.
    let isHalf = bytes.count < 4 * model.parameterCount
    try CheckpointFile(
      format: .safetensors, tensors: stored.tensors,
      metadata: stored.metadata.merging(metadata) { _, new in new }
    ).write(to: file, precision: isHalf ? .half : .single)
  }

  /// - Throws: `FileError` naming `path` when `notes` have another number of names than `latents` have categories.
  static func checkNames(
    in notes: [String: String], of latents: LatentSpec, path: String
  ) throws {
    guard let text = notes[CategoryNames.key] else { return }
    let count = latents.discrete.first ?? 0
    guard CategoryNames(text: text, count: count) != nil else {
      throw FileError(
        path,
        "names the categories \(text.quoted); expected \(NumberText.count(count, "name")), "
          + "one for each category: correct it, or remove the names")
    }
  }

  /// The notes in a run's names.json; none where there is no such file.
  static func names(in folder: RunFolder) throws -> [String: String] {
    guard FileManager.default.fileExists(atPath: folder.names) else { return [:] }
    do {
      let bytes = try BoundedFile.read(folder.names, limit: 1 << 20)
      let notes = try JSONDecoder().decode([String: String].self, from: Data(bytes))
      return notes.filter { $0.key == CategoryNames.key }
    } catch let error as DecodingError {
      throw FileError(folder.names, error.sentence)
    }
  }
}
