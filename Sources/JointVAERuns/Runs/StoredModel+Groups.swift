import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEMetrics

extension CategoryGroups {
  /// The key of a model file's metadata.
  static let key = "category_groups"
}

extension CategoryGroups {
  /// The categories of group `group`.
  /// - Throws: `ConfigurationError` for a group that there is not.
  package func requireCategories(of group: Int) throws -> [Int] {
    guard (0..<count).contains(group) else {
      throw ConfigurationError(
        "merged category of c\(variable)", "\(group)", expected: "a number from 0 to \(count - 1)")
    }
    return categories(of: group)
  }
}

extension StoredModel {
  /// Which categories stand for one thing, where `ModelMerging` found it; nil where every category stands for itself.
  public var categoryGroups: CategoryGroups? {
    notes[CategoryGroups.key].flatMap { CategoryGroups(text: $0, latents: model.latents) }
  }

  /// - Throws: `FileError` naming `path` when `notes` group other categories than `latents` have.
  static func checkGroups(
    in notes: [String: String], of latents: LatentSpec, path: String
  ) throws {
    guard let text = notes[CategoryGroups.key] else { return }
    guard CategoryGroups(text: text, latents: latents) != nil else {
      throw FileError(
        path,
        "groups the categories as \(text.quoted), and its latents are \(latents); expected a variable and "
          + "the group of each of its categories, such as c0: 0 1 0")
    }
  }
}

/// A model whose surplus categories are taken together: a file that says which.
///
/// The weights stay as they are, so the decoder keeps the variants of every group.
public struct ModelMerging: Sendable {
  /// Which categories are one.
  public let groups: CategoryGroups
  /// The images that the groups were found on.
  public let images: LabeledImages
  private let conversion: ModelConversion
  private let target: String

  /// Finds the groups of the model at `path` on images. Their labels are not used.
  ///
  /// - Parameters:
  ///   - path: as `StoredModel` takes it.
  ///   - target: the .safetensors file to write.
  ///   - count: groups to end with.
  ///   - variable: the discrete variable to merge; nil for the only one.
  ///   - request: the images, as for an evaluation, and with what to compute. Without a part, those that the model learned
  ///     from.
  ///   - catalog: where the images come from.
  ///   - replacing: whether a file that stands at `target` may go.
  /// - Throws: what `ModelConversion`, the catalog, `EncodedDataSet` and `CategoryGroups` throw.
  public init(
    _ path: String, to target: String, into count: Int, variable: Int? = nil,
    request: EvaluationRequest = EvaluationRequest(), catalog: DataSetCatalog = DataSetCatalog(),
    replacing: Bool = false
  ) throws {
    let stored = try StoredModel(path)
    var request = request
    request.part = request.part ?? .train
    images = try request.images(for: stored, from: catalog)
    let encoding = try EncodedDataSet(images, by: stored, compute: request.compute).encoding
    groups = try CategoryGroups(merging: encoding, variable: variable, into: count)
    conversion = try ModelConversion(
      from: path, to: target, replacing: replacing, notes: [CategoryGroups.key: groups.text])
    self.target = target
  }

  /// Writes the file whole or not at all.
  /// - Throws: `FileError` naming the file and the system's reason.
  public func write() throws { try conversion.write() }

  /// The file, and a line for each group with its categories.
  public var text: String {
    let lines = (0..<groups.count).map { group in
      "\(group)  \(groups.categories(of: group).map(String.init).joined(separator: " "))"
    }
    return
      ([
        "\(target): \(groups.groups.count) categories of c\(groups.variable) as \(groups.count), found on "
          + "\(NumberText.count(images.count, "image")) (\(images.part))"
      ] + lines).joined(separator: "\n")
  }
}
