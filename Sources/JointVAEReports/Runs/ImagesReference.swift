import Foundation
import JointVAE
import JointVAEData

/// The images of a run, in enough words to find and prepare the same ones again.
public struct ImagesReference: Hashable, Sendable {
  /// What was asked of the catalog; paths are absolute.
  public var request: DataSetRequest
  /// What is held back for validation.
  public var validation: ValidationShare
  /// Images to train on.
  public var count: Int
  /// A checksum of the training images' bytes, in hexadecimal digits.
  public var fingerprint: String

  /// A reference to images that are not loaded yet.
  public init(_ request: DataSetRequest, validation: ValidationShare = .count(0)) {
    var request = request
    request.path = request.path.map(Self.absolute)
    if !KnownDataSet.all.contains(where: { $0.name == request.dataSet }) {
      request.dataSet = Self.absolute(request.dataSet)
    }
    self.request = request
    self.validation = validation
    count = 0
    fingerprint = ""
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }
}
