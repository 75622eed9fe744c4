import JointVAE
import JointVAEMetrics
import JointVAEPictures

/// Where a model's latents are swept from, and what they carry.
struct TraversalBase: Sendable {
  /// What the latents carry; nil when it is not known.
  private(set) var information: LatentInformation?
  /// The values that latents keep while another is swept.
  private(set) var point: LatentTraversal

  private static let measuredCount = 1024

  /// The prior's center, with what the run measured.
  init(_ stored: StoredModel) {
    information = stored.summary?.kl
    point = LatentTraversal(stored.model.latents)
  }

  /// Measures what the latents of `model` carry about some of `images`, and takes the code of one of them.
  ///
  /// - Parameters:
  ///   - model: the model that this is the base of.
  ///   - images: the images to measure on, of the model's shape.
  ///   - index: the image whose code the latents keep; nil to leave them.
  /// - Throws: `ModelError` when the images have another shape than the model's, `ConfigurationError` when there is no such image.
  mutating func measure(_ model: JointVAEModel, on images: some ImageSource, base index: Int?)
    throws
  {
    if let index, index >= images.count {
      throw ConfigurationError(
        "image", "\(index)", expected: "a number from 0 to \(images.count - 1)")
    }
    let batch = ImageBatch(evenlyFrom: images, count: Self.measuredCount)
    information = try LatentInformation(of: model, on: batch)
    guard let index else { return }
    point = LatentTraversal(
      around: try model.encode(ImageBatch(images, at: [index])).code(of: 0))
  }

  /// Takes a draw from the prior of `model`.
  mutating func draw(_ model: JointVAEModel, seed: UInt64) throws {
    guard let code = try model.sampleCodes(1, seed: seed).first else { return }
    point = LatentTraversal(around: code)
  }
}
