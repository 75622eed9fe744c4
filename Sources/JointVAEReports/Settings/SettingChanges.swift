import JointVAE
import JointVAEData

/// Single settings that a user gives over those of a recipe or of a run; nil leaves one as it is.
public struct SettingChanges: Hashable, Sendable {
  /// The data set's name or path.
  public var dataSet: String?
  /// Where the data set's files are.
  public var dataPath: String?
  /// The part of the data set.
  public var split: DataSplit?
  /// Height and width of the images, in pixels.
  public var imageSize: Int?
  /// The largest number of images taken.
  public var limit: Int?
  /// How the images are chosen and prepared.
  public var images = DataSetChanges()
  /// What is held back for validation.
  public var validation: ValidationShare?
  /// A recipe's name, or `paper` for the published one of the data set.
  public var recipe: String?
  /// The dimension of z.
  public var continuous: Int?
  /// The categories of each discrete variable.
  public var discrete: [Int]?
  /// The loss of a reconstructed value.
  public var loss: ReconstructionLoss?
  /// The factor of the mean reconstruction loss.
  public var reconstructionScale: ReconstructionScale?
  /// C_z and gamma_z.
  public var continuousCapacity: Capacity?
  /// C_c and gamma_c.
  public var discreteCapacity: Capacity?
  /// The temperature of the Gumbel-softmax samples.
  public var temperature: Double?
  /// Adam or SGD.
  public var optimizer: OptimizerName?
  /// The optimiser's step size.
  public var learningRate: Double?
  /// What the step size comes down to, and whether it does.
  public var learningRateDecay: DecayChoice?
  /// SGD's momentum.
  public var momentum: Double?
  /// Images a step.
  public var batchSize: Int?
  /// Whether to train on pairs, and what twins may differ in.
  public var pairs: PairsChoice?
  /// What the twins' transformation comes down to, and whether it does.
  public var transformationDecay: DecayChoice?
  /// The weight of the twins' cross entropies.
  public var consistencyWeight: Double?
  /// The weight of the categories' imbalance.
  public var balanceWeight: Double?
  /// Whether twins are decoded with each other's categories.
  public var swapsCategories: Bool?
  /// Epochs or steps.
  public var length: TrainingLength?
  /// What the run's random numbers are drawn from.
  public var seed: UInt64?
  /// Steps from one row of metrics.csv to the next.
  public var logInterval: Int?
  /// Steps from one checkpoint to the next.
  public var checkpointInterval: Int?

  /// The optimisers by name.
  public enum OptimizerName: String, Hashable, Sendable, CaseIterable {
    /// Adam.
    case adam
    /// Stochastic gradient descent.
    case sgd
  }

  /// No change.
  public init() {}

  /// `run` with these changes; a recipe changes only its name, not the settings it stands for.
  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func applied(to run: RunConfiguration) throws -> RunConfiguration {
    var run = run
    func change<Value>(_ keyPath: WritableKeyPath<RunConfiguration, Value>, to value: Value?) {
      if let value { run[keyPath: keyPath] = value }
    }
    change(\.images.request.dataSet, to: dataSet)
    run.images.request = images.applied(to: run.images.request)
    run.images.request.split = split ?? run.images.request.split
    run.images.request.path = dataPath ?? run.images.request.path
    run.images.request.imageSize = imageSize ?? run.images.request.imageSize
    run.images.request.limit = limit ?? run.images.request.limit
    change(\.images.validation, to: validation)
    change(\.training.imageShape.size, to: imageSize)
    change(\.training.latents.continuous, to: continuous)
    change(\.training.latents.discrete, to: discrete)
    change(\.training.reconstructionLoss, to: loss)
    change(\.training.reconstructionScale, to: reconstructionScale)
    change(\.training.continuousCapacity, to: continuousCapacity)
    change(\.training.discreteCapacity, to: discreteCapacity)
    change(\.training.temperature, to: temperature)
    change(\.training.batchSize, to: batchSize)
    change(\.training.length, to: length)
    change(\.training.seed, to: seed)
    change(\.logInterval, to: logInterval)
    change(\.checkpointInterval, to: checkpointInterval)
    run.training.optimizer = try changed(run.training.optimizer)
    if let learningRateDecay { run.training.learningRateDecay = learningRateDecay.ramp }
    run.training.pairing = try changed(run.training.pairing)
    if let recipe {
      run.recipe = try Recipe.choose(recipe, dataSet: run.images.request.dataSet).name
    }
    try run.validate()
    return run
  }

  /// The settings of a new run: those of the recipe, stretched to the run's length, with these changes.
  ///
  /// - Parameters:
  ///   - channels: of the images, once they are read.
  ///   - imageCount: the images to learn from, once they are counted; without them the steps of epochs are not known.
  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func newRun(
    on dataSet: String, channels: Int = 1, imageCount: Int? = nil
  ) throws -> RunConfiguration {
    let recipe = try Recipe.choose(recipe, dataSet: dataSet)
    let run = try newRun(of: recipe, on: dataSet, channels: channels)
    switch (length, imageCount) {
    case (.steps(let steps), _):
      return try newRun(of: recipe.lasting(steps), on: dataSet, channels: channels)
    case (.epochs, let imageCount?):
      let steps = try run.training.totalSteps(imageCount: imageCount)
      return try newRun(of: recipe.lasting(steps), on: dataSet, channels: channels)
    case (nil, _), (.epochs, nil): return run
    }
  }

  private func newRun(
    of recipe: Recipe, on dataSet: String, channels: Int
  ) throws -> RunConfiguration {
    let shape = ImageShape(size: recipe.imageSize, channels: channels)
    let request = DataSetRequest(dataSet, path: dataPath, imageSize: recipe.imageSize)
    var base = RunConfiguration(
      training: recipe.configuration(imageShape: shape), images: ImagesReference(request),
      recipe: recipe.name)
    // Where c may say all it can, it may with other categories, too.
    if let discrete, recipe.discreteCapacity.maximum == recipe.latents.largestDiscreteKL {
      base.training.discreteCapacity.maximum =
        LatentSpec(continuous: 0, discrete: discrete).largestDiscreteKL
    }
    return try applied(to: base)
  }

  private func changed(_ current: Pairing?) throws -> Pairing? {
    var pairing = current
    switch pairs {
    case nil: break
    case .some(.none): pairing = nil
    case .transformed(let transformation):
      pairing = current ?? Pairing()
      pairing?.transformation = transformation
    }
    guard pairing != nil else {
      if let weight = consistencyWeight ?? balanceWeight {
        throw ConfigurationError(
          "consistency or balance", "\(weight)", expected: "none without pairs; say --pairs, too")
      }
      return nil
    }
    if let transformationDecay { pairing?.transformationDecay = transformationDecay.ramp }
    if let consistencyWeight { pairing?.consistencyWeight = consistencyWeight }
    if let balanceWeight { pairing?.balanceWeight = balanceWeight }
    if let swapsCategories { pairing?.swapsCategories = swapsCategories }
    return pairing
  }

  private func changed(_ current: Optimizer) throws -> Optimizer {
    let rate = learningRate ?? current.learningRate
    switch (optimizer, current) {
    case (.sgd, .adam): return .sgd(learningRate: rate, momentum: momentum ?? 0)
    case (.sgd, .sgd(_, let before)), (nil, .sgd(_, let before)):
      return .sgd(learningRate: rate, momentum: momentum ?? before)
    case (.adam, _), (nil, .adam):
      if let momentum {
        throw ConfigurationError(
          "momentum", "\(momentum)", expected: "none with adam; it goes with --optimizer sgd")
      }
      guard case .adam(_, let beta1, let beta2, let epsilon) = current else {
        return .adam(learningRate: rate)
      }
      return .adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    }
  }
}
