extension Recipe {
  /// The package's generated colored shapes, 64x64, on pairs: two discrete variables, of as many categories as there are colors
  /// and shapes.
  ///
  /// The weights are those of 64x64 pixels; ``sized(_:)`` gives those of other sizes. At 32x32 they are a sixth of the published
  /// ones or less. With those, and without pairs, all images take one category of each variable. With a larger weight of z's
  /// capacity and less of it at first, latents fall silent early and outlines stay round. docs/recipes.md has the runs.
  public static let coloredShapes: Recipe = {
    let steps = 10_000
    func after(_ share: Double) -> Int { Int((Double(steps) * share).rounded()) }
    let latents = LatentSpec(continuous: 10, discrete: [8, 4])
    let size: ImageSize = 64
    let scale = gamma(of: size) / 30
    var recipe = Recipe(
      name: "shapes-rgb", isPublished: false, imageSize: size, latents: latents,
      continuousCapacity: Capacity(
        maximum: 25, rampSteps: after(0.4), weight: 2 * scale),
      discreteCapacity: Capacity(
        maximum: latents.largestDiscreteKL, rampSteps: after(0.4), weight: 5 * scale),
      learningRate: 1e-3, length: .steps(steps))
    recipe.training.reconstructionLoss = .gaussian(deviation: 0.1)
    recipe.training.lowerStepSize(from: after(0.65), through: steps)
    recipe.training.pairing = Pairing(
      transformation: .shapes,
      transformationDecay: Ramp(to: 0, from: after(0.65), through: after(0.9)),
      consistencyWeight: 2 * scale, balanceWeight: 15 * scale)
    return recipe
  }()

  /// Whether its weights were found for one size of images, and follow the pixels of others.
  public var followsPixels: Bool { name == Self.coloredShapes.name }

  /// What a nat of the latents is weighed with for images of a size: 30 for 32x32, as published, and in proportion to the
  /// pixels.
  ///
  /// The reconstruction is a sum over the pixels. A weight that stays the same while they grow lets the reconstruction push
  /// the KL above its capacity.
  static func gamma(of size: ImageSize) -> Double {
    max(30, 30 * Double(size.pixelCount) / 1_024)
  }

  /// The recipe for images of another size, in which the weights have the same part in the objective.
  ///
  /// Other recipes than those that follow the pixels stay what they are, but for the size.
  /// - Parameter size: height and width of the images.
  public func sized(_ size: ImageSize) -> Recipe {
    var recipe = self
    recipe.training.imageShape.size = size
    guard followsPixels else { return recipe }
    let factor = Self.gamma(of: size) / Self.gamma(of: imageSize)
    recipe.training.continuousCapacity.weight *= factor
    recipe.training.discreteCapacity.weight *= factor
    recipe.training.pairing?.consistencyWeight *= factor
    recipe.training.pairing?.balanceWeight *= factor
    return recipe
  }
}
