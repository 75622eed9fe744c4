import Foundation
import JointVAE
import JointVAEFiles

/// A model on disk as a user names it: a run folder, or a file of weights.
public struct StoredModel: Sendable {
  /// As the user named it.
  public let path: String
  /// The file of the weights.
  public let file: String
  /// The model.
  public let model: JointVAE
  /// The run's settings; nil for a lone file.
  public let configuration: RunConfiguration?
  /// What the run's last checkpoint knows; nil for a lone file.
  public let summary: RunSummary?
  /// What the specs.json beside a lone file says; nil for a run, and where there is none.
  public let reference: ReferenceSettings?

  /// Reads the model at `path`.
  /// - Throws: `FileError` when there is none, the folder is no run, the run has no checkpoint yet, a file is damaged, or
  ///   the specs.json beside a file is about another model; `TensorMismatch` for the weights of another network.
  public init(_ path: String) throws {
    self.path = path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(path, "does not exist; expected a run folder, a .safetensors or a .pt file")
    }
    guard isFolder.boolValue else {
      file = path
      model = try JointVAE(contentsOf: path)
      configuration = nil
      summary = nil
      reference = try Self.reference(beside: path, of: model)
      return
    }
    let folder = RunFolder(path)
    guard folder.isRun else {
      throw FileError(path, "is no run (it has no config.json); expected a folder that train made")
    }
    file = folder.model
    guard FileManager.default.fileExists(atPath: file) else {
      throw FileError(path, "has no model.safetensors yet; train writes it at its first checkpoint")
    }
    configuration = try RunConfiguration(contentsOf: folder.configuration)
    model = try JointVAE(contentsOf: file)
    summary =
      FileManager.default.fileExists(atPath: folder.summary)
      ? try RunSummary(contentsOf: folder.summary) : nil
    reference = nil
  }

  private static func reference(
    beside path: String, of model: JointVAE
  ) throws -> ReferenceSettings? {
    let specification = ReferenceSettings.path(beside: path)
    guard FileManager.default.fileExists(atPath: specification) else { return nil }
    let reference = try ReferenceSettings(contentsOf: specification)
    if let latents = reference.latents, latents != model.latents {
      throw FileError(
        specification,
        "says latents \(latents), and \(path) has \(model.latents); move one of the two elsewhere")
    }
    return reference
  }

  /// The sentence for a user who wants to know what latents carry of a model that nobody measured.
  public var unknownInformation: FileError {
    FileError(
      path, "says nothing of its latents' KL; measure them on a data set with --dataset NAME")
  }
}
