/// Settings that are known to work on a data set.
///
/// The published ones are those the reference implementation ships beside its trained models (Dupont 2018, section 4).
@dynamicMemberLookup
public struct Recipe: Hashable, Codable, Sendable {
  /// The name of the data set it was made for, such as `fashion-mnist`.
  public var name: String
  /// Whether it is the paper's; otherwise it is this package's own.
  public var isPublished: Bool
  /// The settings, for gray images; what a recipe does not name keeps its default.
  public var training: TrainingConfiguration

  /// Height and width of the images, in pixels.
  public var imageSize: ImageSize { training.imageShape.size }
  /// Adam's step size.
  public var learningRate: Double { training.optimizer.learningRate }

  /// A setting of ``training``, such as `recipe.latents`.
  public subscript<Value>(dynamicMember place: KeyPath<TrainingConfiguration, Value>) -> Value {
    training[keyPath: place]
  }

  init(
    name: String, isPublished: Bool, imageSize: ImageSize, latents: LatentSpec,
    continuousCapacity: Capacity, discreteCapacity: Capacity, learningRate: Double,
    length: TrainingLength
  ) {
    self.name = name
    self.isPublished = isPublished
    training = TrainingConfiguration(imageShape: ImageShape(size: imageSize), latents: latents)
    training.continuousCapacity = continuousCapacity
    training.discreteCapacity = discreteCapacity
    training.optimizer = .adam(learningRate: learningRate)
    training.length = length
  }

  /// The settings for images of `imageShape`.
  public func configuration(imageShape: ImageShape) -> TrainingConfiguration {
    var configuration = training
    configuration.imageShape = imageShape
    return configuration
  }
}

extension Recipe {
  /// Handwritten digits, 32x32, ten categories.
  public static let mnist = Recipe(
    name: "mnist", isPublished: true, imageSize: 32,
    latents: LatentSpec(continuous: 10, discrete: [10]),
    continuousCapacity: Capacity(maximum: 5, rampSteps: 25_000, weight: 30),
    discreteCapacity: Capacity(maximum: 5, rampSteps: 25_000, weight: 30),
    learningRate: 5e-4, length: .epochs(100))

  /// Clothes, 32x32, ten categories.
  public static let fashionMNIST = Recipe(
    name: "fashion-mnist", isPublished: true, imageSize: 32,
    latents: LatentSpec(continuous: 10, discrete: [10]),
    continuousCapacity: Capacity(maximum: 5, rampSteps: 50_000, weight: 100),
    discreteCapacity: Capacity(maximum: 10, rampSteps: 50_000, weight: 100),
    learningRate: 5e-4, length: .epochs(100))

  /// White shapes with known factors, 64x64, three categories.
  public static let dSprites = Recipe(
    name: "dsprites", isPublished: true, imageSize: 64,
    latents: LatentSpec(continuous: 6, discrete: [3]),
    continuousCapacity: Capacity(maximum: 40, rampSteps: 300_000, weight: 150),
    discreteCapacity: Capacity(maximum: 1.1, rampSteps: 300_000, weight: 150),
    learningRate: 5e-4, length: .epochs(30))

  /// Rendered chairs, 64x64, three variables of two categories.
  public static let chairs = Recipe(
    name: "chairs", isPublished: true, imageSize: 64,
    latents: LatentSpec(continuous: 32, discrete: [2, 2, 2]),
    continuousCapacity: Capacity(maximum: 30, rampSteps: 100_000, weight: 300),
    discreteCapacity: Capacity(maximum: 5, rampSteps: 100_000, weight: 300),
    learningRate: 1e-4, length: .epochs(100))

  /// Faces, 64x64, ten categories.
  public static let celebA = Recipe(
    name: "celeba", isPublished: true, imageSize: 64,
    latents: LatentSpec(continuous: 32, discrete: [10]),
    continuousCapacity: Capacity(maximum: 50, rampSteps: 100_000, weight: 100),
    discreteCapacity: Capacity(maximum: 10, rampSteps: 100_000, weight: 100),
    learningRate: 5e-4, length: .epochs(100))

  /// The package's generated shapes, 32x32, four categories: a clear picture after a minute.
  ///
  /// The weights are a sixth and a thirtieth of the published ones, and c may carry all it can long before z: with more,
  /// one category takes all images before the decoder has learned to draw four shapes.
  public static let shapes = Recipe(
    name: "shapes", isPublished: false, imageSize: 32,
    latents: LatentSpec(continuous: 4, discrete: [4]),
    continuousCapacity: Capacity(maximum: 8, rampSteps: 5_000, weight: 5),
    discreteCapacity: Capacity(maximum: 1.4, rampSteps: 1_000, weight: 1),
    learningRate: 1e-3, length: .epochs(15))

  /// All recipes: the published ones in the order of the paper, then ours.
  public static let all: [Recipe] =
    [.mnist, .fashionMNIST, .dSprites, .chairs, .celebA, .shapes, .coloredShapes] + family
    + allPairs

  /// The recipe that the paper has for the data set `name`, when there is one.
  public static func published(for name: String) -> Recipe? {
    all.first { $0.name == name && $0.isPublished }
  }

  /// The recipe for the data set `name` when none is asked for, if there is one: this package's own of its name, which is quick;
  /// else that on pairs; else the paper's.
  public static func forDataSet(_ name: String) -> Recipe? {
    all.first { $0.name == name && !$0.isPublished } ?? onPairs(name) ?? published(for: name)
  }

  /// The recipe on pairs for the data set `name`, when there is one.
  private static func onPairs(_ name: String) -> Recipe? {
    all.first { $0.name == "\(name)-\(pairsName)" }
  }

  /// The names a user may ask for besides `paper` and `pairs`, with commas; MODEL stands for those of the models
  /// beside JointVAE.
  public static let names =
    (named(among: all) + familyNames)
    .joined(separator: ", ")

  /// The names of recipes without those that `pairs` chooses among, and those of other models.
  private static func named(among recipes: [Recipe]) -> [String] {
    recipes.filter { !allPairs.contains($0) && $0.model == .jointVAE }.map(\.name)
  }

  /// The name that asks for settings on pairs.
  static let pairsName = "pairs"

  /// The recipe for a run on `dataSet`.
  ///
  /// - Parameters:
  ///   - request: a recipe's name; `paper` for the published one of `dataSet`; `pairs` for the one on pairs, made for
  ///     `dataSet` or for any images; `images` for ``images(_:)``; or nil for ``forDataSet(_:)``. A data set without one
  ///     takes `images`.
  ///   - dataSet: the name of the data set, or its path.
  ///   - images: what is known of its images; nil before they are read.
  /// - Throws: `ConfigurationError` when there is no such recipe, listing those there are.
  public static func choose(
    _ request: String?, dataSet: String, images facts: ImageFacts? = nil
  ) throws -> Recipe {
    let forImages = images(facts ?? ImageFacts(shape: ImageShape(size: 32)))
    guard let request else { return forDataSet(dataSet) ?? forImages }
    if request == imagesName { return forImages }
    if request == pairsName {
      return onPairs(dataSet) ?? .anyPairs
    }
    let isPaper = request == "paper"
    let candidates = isPaper ? all.filter(\.isPublished) : all
    let wanted = isPaper ? dataSet : request
    if let recipe = candidates.first(where: { $0.name == wanted }) { return recipe }
    let known = named(among: candidates)
    let names = known.joined(separator: ", ")
    throw ConfigurationError(
      "recipe", request,
      expected: isPaper
        ? "a data set with a published recipe (\(names)); \(dataSet) has none"
        : "paper, pairs, images or one of \(names)",
      oneOf: isPaper ? [] : known + family.map(\.name) + ["paper", pairsName, imagesName])
  }
}
