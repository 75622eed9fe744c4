import JointVAE

/// Histograms of what the encoder finds in some images: z, alpha, and the categories.
enum CodeHistograms {
  /// Images that are encoded: enough for a shape, few enough not to be felt.
  static let imageCount = 512

  /// The histograms of a model on some images.
  ///
  /// `z/z0` is of the means of q(z|x), `alpha/c0` of all probabilities of the categories, and `categories/c0` counts the
  /// images by their most probable category.
  /// - Throws: `ModelError` for images of another shape.
  static func values(of model: JointVAEModel, on images: ImageBatch) throws -> [TaggedValue] {
    let encoding = try model.encode(images)
    let latents = model.latents
    let continuous = (0..<latents.continuous).compactMap { dimension in
      Histogram(
        stride(from: dimension, to: encoding.mean.count, by: latents.continuous).map {
          Double(encoding.mean[$0])
        }
      ).map { TaggedValue("z/z\(dimension)", .histogram($0)) }
    }
    let discrete = latents.discrete.indices.flatMap { variable -> [TaggedValue] in
      var counts = Array(repeating: 0, count: latents.discrete[variable])
      for image in 0..<encoding.count {
        counts[encoding.mostProbableCategory(of: image, variable: variable)] += 1
      }
      let alphas = Histogram(encoding.probabilities[variable].map(Double.init))
      return (alphas.map { [TaggedValue("alpha/c\(variable)", .histogram($0))] } ?? [])
        + [TaggedValue("categories/c\(variable)", .histogram(Histogram(categories: counts)))]
    }
    return continuous + discrete
  }
}
