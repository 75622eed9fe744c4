/// What is known of images before a recipe is chosen for them.
public struct ImageFacts: Hashable, Sendable {
  /// Their shape.
  public var shape: ImageShape
  /// Images to learn from; nil while they are not counted.
  public var count: Int?
  /// Classes that folders or labels name; nil without any.
  public var classCount: Int?
  /// How much of them is background.
  public var background: Background
  /// The mean value of each channel, 0 black to 1 white; nil while they are not read.
  public var means: [Double]?

  /// Facts about images.
  public init(
    shape: ImageShape, count: Int? = nil, classCount: Int? = nil,
    background: Background = .little, means: [Double]? = nil
  ) {
    self.shape = shape
    self.count = count
    self.classCount = classCount
    self.background = background
    self.means = means
  }

  /// How much of the images is black or white, as drawings on paper and things on a white ground are for the most part.
  ///
  /// Where it is most of them, the steps are smaller: in larger ones units of the network die while it learns the
  /// background, and every reconstruction is the background from then on. docs/recipes.md has the runs.
  public enum Background: CaseIterable, Hashable, Sendable {
    /// As in photos.
    case little
    /// As in drawings, and with a thing on white: the mean value is within 0.2 of black or white.
    case most

    /// Of images with this mean of all values, 0 black to 1 white.
    public init(mean: Double) { self = min(mean, 1 - mean) < 0.2 ? .most : .little }

    /// Adam's step size for such images.
    package var learningRate: Double {
      switch self {
      case .little: 1e-3
      case .most: 3e-4
      }
    }
  }
}

extension Recipe {
  /// The name of the recipe for images of which nothing more is known.
  static let imagesName = "images"

  /// Whether the size of the images follows from their files, not from the recipe.
  public var takesSizeOfFiles: Bool { name == Self.imagesName }

  /// Settings for anyone's images, from twenty photos to a hundred thousand; this package's own.
  ///
  /// They are trained on pairs, whose twins differ by what changes no picture's subject. The length is counted in steps:
  /// a few images are seen again and again until they can be told apart, many are seen a few times. There are as many
  /// categories as classes, or few enough for each to hold some images. docs/recipes.md has the study behind the numbers.
  public static func images(_ facts: ImageFacts) -> Recipe {
    let count = facts.count ?? 1_000
    let categories = min(max(facts.classCount ?? min(10, count / 8), 2), 60)
    let steps = steps(for: facts.shape, count: count)
    func after(_ share: Double) -> Int { Int((Double(steps) * share).rounded()) }
    let isColored = facts.shape.channels > 1
    // The reconstruction grows with the pixels, and so does what a nat of z is worth.
    let certainty = gamma(of: facts.shape.size)
    let latents = LatentSpec(continuous: isColored ? 16 : 10, discrete: [categories])
    var recipe = Recipe(
      name: imagesName, isPublished: false, imageSize: facts.shape.size, latents: latents,
      continuousCapacity: Capacity(
        maximum: 8, rampSteps: after(0.4), weight: certainty,
        laterRise: Ramp(to: isColored ? 25 : 15, from: after(0.5), through: after(0.8))),
      discreteCapacity: Capacity(
        maximum: latents.largestDiscreteKL, rampSteps: after(0.4), weight: 30),
      learningRate: facts.background.learningRate, length: .steps(steps))
    // Cross entropy hardly notices a shade that is a little off, and most of a photo is shades.
    recipe.training.reconstructionLoss = .gaussian(deviation: 0.1)
    recipe.training.initialOutput = facts.means.map(TrainingConfiguration.initialOutput)
    recipe.training.lowerStepSize(from: after(0.65), through: steps)
    recipe.training.pairing = Pairing(
      transformation: .photos,
      transformationDecay: Ramp(to: 0, from: after(0.5), through: after(0.8)))
    return recipe
  }

  /// Steps after which a model has learned to tell images apart, and at least six passes over them.
  private static func steps(for shape: ImageShape, count: Int) -> Int {
    // Larger images take more time a step; a run of a few images lasts some minutes in any size.
    let few = shape.pixelCount <= 32 * 32 ? 5_000 : shape.pixelCount <= 64 * 64 ? 3_000 : 1_500
    let passes = 6 * count / 32
    return min(max(few, passes), 30_000)
  }
}
