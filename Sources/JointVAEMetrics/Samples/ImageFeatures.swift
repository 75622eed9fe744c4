import JointVAE

/// Numbers that stand for images where they are compared, such as what a classifier finds in them.
///
/// `JointVAERuns` has those of the classifier that ships. A program passes its own to `FrechetScore`.
public protocol ImageFeatures: Sendable {
  /// What protocols of scores call them, with a version: distances in different features cannot be compared.
  var name: String { get }

  /// The features of images, `[image, feature]`, and how many each image has.
  func values(of images: ImageBatch) throws -> (values: [Float], width: Int)
}
