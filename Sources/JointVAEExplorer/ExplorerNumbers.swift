import JointVAE
import JointVAEKernels

/// What a page has to compute of a model, to the bit: the numbers of the package without a fused multiply-add. Tests compare
/// browsers with them.
///
/// All are 32-bit numbers in base64, little-endian.
package struct ExplorerNumbers: Encodable {
  /// Images that the model drew, `[image, y, x, channel]`.
  var images: String
  /// What the encoder finds in them, `[image, number]`; of alpha, all variables of an image follow each other.
  var mean: String
  var logVariance: String
  var alpha: String
  /// Latent vectors, `[image, number]`, and what the decoder draws of them.
  var vectors: String
  var pictures: String

  /// The numbers of `count` images and as many vectors.
  /// - Throws: `ConfigurationError` for no count or one that there is no room for.
  package init(_ model: JointVAEModel, count: Int) throws {
    let baseline = model.using(
      Compute(threads: 1, instructionSet: InstructionSet(named: "baseline")))
    let images = try model.sample(count, seed: 5)
    let encoding = try baseline.encode(images)
    let vectors = try model.sampleCodes(count, seed: 6).flatMap(\.vector)
    var alpha: [Float] = []
    for image in 0..<count {
      for (variable, categories) in model.latents.discrete.enumerated() {
        alpha +=
          encoding.probabilities[variable][image * categories..<(image + 1) * categories]
      }
    }
    self.images = Self.base64(images.values)
    mean = Self.base64(encoding.mean)
    logVariance = Self.base64(encoding.logVariance)
    self.alpha = Self.base64(alpha)
    self.vectors = Self.base64(vectors)
    pictures = Self.base64(try baseline.decode(vectors: vectors).values)
  }

  private static func base64(_ numbers: [Float]) -> String {
    numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Array($0) }.base64
  }
}
