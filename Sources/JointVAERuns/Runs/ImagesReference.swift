import Foundation
import JointVAE
import JointVAEData

/// The images of a run, in enough words to find and prepare the same ones again.
public struct ImagesReference: Hashable, Sendable {
  /// What is asked of the catalog; in config.json paths are absolute.
  public var request: DataSetRequest
  /// What is held back for validation.
  public var validation: ValidationShare
  /// Images to train on.
  public var count: Int
  /// A checksum of the training images' bytes, in hexadecimal digits.
  public var fingerprint: String
  /// Whether light and dark were exchanged; nil where it is not known, as in runs of older versions.
  public var isInverted: Bool?

  /// A reference to images that are not loaded yet.
  public init(_ request: DataSetRequest, validation: ValidationShare = .count(0)) {
    self.request = request
    self.validation = validation
    count = 0
    fingerprint = ""
  }

  /// The same with paths that do not depend on the folder the program was started in.
  public var withAbsolutePaths: ImagesReference {
    var reference = self
    reference.request.path = request.path.map(Self.absolute)
    reference.request.dataSet = request.dataSets.map {
      KnownDataSet.named($0) == nil ? Self.absolute($0) : $0
    }.joined(separator: "+")
    return reference
  }

  /// The same without the places of files, which mean nothing on another machine.
  package var withoutPlaces: ImagesReference {
    var reference = self
    reference.request.path = nil
    reference.request.dataSet = request.dataSets.map {
      KnownDataSet.named($0) == nil ? RunFolder.name(for: $0) : $0
    }.joined(separator: "+")
    return reference
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }
}
