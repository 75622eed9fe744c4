import JointVAE

/// How a score of disentanglement sees a discrete variable.
public enum DiscreteCode: String, Hashable, Codable, Sendable, CaseIterable {
  /// As one variable whose values are categories, with Gini's definition of their variance.
  case category
  /// As K numbers, one of them 1, as if they were continuous variables.
  case oneHot = "one-hot"
}

extension Representation {
  /// A model's latent variables in evaluation mode: the mean of each z, the most probable category
  /// of each c.
  ///
  /// - Precondition: the encoding comes from a model, so that it has a variable and all numbers are
  ///   finite.
  public init(_ encoding: Encoding, discrete: DiscreteCode = .category) {
    let latents = encoding.latents
    precondition(latents.dimension > 0)
    let columns =
      (0..<latents.continuous).map { Column(name: "z\($0)") }
      + latents.discrete.enumerated().map { Column(name: "c\($0)", categories: $1) }
    var values: [Double] = []
    values.reserveCapacity(encoding.count * columns.count)
    for image in 0..<encoding.count {
      for i in 0..<latents.continuous {
        values.append(Double(encoding.mean[image * latents.continuous + i]))
      }
      for variable in latents.discrete.indices {
        values.append(Double(encoding.mostProbableCategory(of: image, variable: variable)))
      }
    }
    let categories = Representation(checked: columns, values: values)
    self = discrete == .oneHot ? categories.oneHot : categories
  }
}
