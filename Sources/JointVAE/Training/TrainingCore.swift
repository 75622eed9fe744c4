import JointVAEKernels

/// All that a training changes: weights, moments, what terms and losses learn, the sums of an epoch.
///
/// It is for one thread at a time; `Trainer` holds it behind a lock.
final class TrainingCore {
  let configuration: TrainingConfiguration
  /// The instructions its kernels use.
  let instructionSet: InstructionSet
  /// What it minimizes.
  let objective: Objective

  let engine: TrainingEngine
  let optimizerState: OptimizerState
  /// The loss that a program passed; nil for the configuration's.
  let ownLoss: (any ValueLoss)?
  /// alpha and c of the adaptive loss; nil for all others.
  let learnedLoss: LearnedLoss?
  var epochSums: EpochSums
  var stepsDone = 0
  /// The processes that share its batches; nil for this one alone.
  let team: (any TrainingTeam)?
  /// Whether no step stands half done, so that it can be saved and gone on with.
  private(set) var isWhole = true
  /// What the early stop knows of the objective.
  var descent = ObjectiveDescent()
  /// The objective's, with what they remember.
  var latentTerms: [any LatentTerm]

  /// The images most like each; nil before they are found, and where twins are copies alone.
  var neighbors: NeighborTable?

  private let pixels: UnsafeMutableBufferPointer<UInt8>
  /// The images that twins are copies of, where these are others.
  private let twinPixels: UnsafeMutableBufferPointer<UInt8>

  /// The start of a training, with initial weights from the configuration's seed.
  ///
  /// - Parameters:
  ///   - objective: of the configuration, with the terms of a program.
  ///   - loss: a reconstruction loss in place of the configuration's.
  ///   - workers: the threads of its engine.
  ///   - team: the processes that share its batches.
  /// - Throws: `ConfigurationError`.
  init(
    _ configuration: TrainingConfiguration, objective: Objective, loss: (any ValueLoss)?,
    instructionSet: InstructionSet, workers: Workers, convolution: ConvolutionMethod,
    team: (any TrainingTeam)? = nil
  ) throws {
    self.team = team
    self.configuration = configuration
    self.objective = objective
    self.instructionSet = instructionSet
    ownLoss = loss
    let network = NetworkLayout(try configuration.network())
    let weights = Weights(network, forTraining: true, method: convolution)
    weights.initialize(seed: configuration.seed)
    if let logits = configuration.initialOutputLogits { weights.setOutputBiases(logits) }
    weights.pack(on: instructionSet, workers)
    engine = TrainingEngine(
      weights: weights, samples: configuration.batchSize,
      temperature: Float(configuration.temperature), lanes: configuration.lanes,
      ownLanes: team.map { $0.lanes(of: $0.rank, among: configuration.lanes) }, workers: workers,
      instructions: instructionSet)
    let machine = LearningMachine(
      samples: configuration.batchSize, seed: configuration.seed, workers: workers,
      instructions: instructionSet)
    latentTerms = objective.latentTerms.map { ($0 as? any LearningTerm)?.begun(machine) ?? $0 }
    optimizerState = OptimizerState(configuration.optimizer, count: weights.layout.count)
    let learnsLoss = loss == nil && configuration.reconstructionLoss == .adaptive
    learnedLoss = learnsLoss ? LearnedLoss(configuration.optimizer) : nil
    epochSums = EpochSums(configuration.latents, terms: objective.terms)
    pixels = .allocate(
      capacity: configuration.batchSize * configuration.imageShape.valueCount)
    pixels.initialize(repeating: 0)
    twinPixels = .allocate(
      capacity: configuration.pairing?.neighbors == nil
        ? 0 : configuration.imagesPerStep * configuration.imageShape.valueCount)
    twinPixels.initialize(repeating: 0)
  }

  deinit {
    pixels.deallocate()
    twinPixels.deallocate()
  }

  /// The weights of a checkpoint in place of those it has.
  /// - Throws: `TensorMismatch`.
  func load(_ tensors: [NamedTensor], named name: String) throws {
    try engine.weights.loadChecked(tensors, named: name)
    engine.weights.pack(on: instructionSet, engine.workers)
  }

  /// A copy of the model as it is now.
  func model(compute: Compute) -> JointVAEModel {
    JointVAEModel(
      copying: engine.weights, temperature: configuration.temperature,
      instructionSet: instructionSet, learnedLoss: learnedLoss?.loss, compute: compute)
  }

  /// Terms that learn; their weights are those of ``latentTerms``.
  var learningTerms: [any LearningTerm] { latentTerms.compactMap { $0 as? any LearningTerm } }

  /// Whether a term learns from a second batch of each step.
  var learnsFromSecondBatch: Bool { !learningTerms.isEmpty }

  /// One step on images `indices` of a source.
  ///
  /// - Parameters:
  ///   - indices: from 1 to `configuration.imagesPerStep` of them.
  ///   - others: as many, for terms that learn from a second batch.
  /// - Throws: `TrainingError.notFinite`, with the weights as they were; `ConfigurationError` for images that cannot have
  ///   the neighbors that the settings want; what the team throws.
  func step(
    on images: some ImageSource, at indices: ArraySlice<Int>, others: ArraySlice<Int>, epoch: Int
  ) throws -> StepReport {
    let count = indices.count
    try findNeighbors(in: images)
    guard let start = pixels.baseAddress else { throw TrainingError.noImages }
    let next = stepsDone + 1
    let samples = engine.ownSamples(configuration.pairing == nil ? count : 2 * count)
    copy(images, indices, samples.clamped(to: 0..<count), to: pixels)
    if let pairing = configuration.pairing {
      let own = max(samples.lowerBound, count) - count..<max(samples.upperBound, count) - count
      if neighbors != nil {
        copy(images, twins(of: indices, step: next)[...], own, to: twinPixels)
      } else {
        copy(images, indices, own, to: pixels)
      }
      engine.makeTwins(
        start, from: neighbors.flatMap { _ in twinPixels.baseAddress.map { UnsafePointer($0) } },
        pairs: count, own: own, pairing.transformation(atStep: next), seed: configuration.seed,
        step: next)
    }
    let report = try step(
      start, count: configuration.pairing == nil ? count : 2 * count,
      noise: .random(seed: configuration.seed, step: next), epoch: epoch,
      trainingImages: images.count)
    if learnsFromSecondBatch {
      copy(images, others, engine.ownSamples(others.count), to: pixels)
      try learn(
        start, count: others.count, noise: .second(seed: configuration.seed, step: next),
        trainingImages: images.count)
    }
    return report
  }

  /// Copies the images of some samples of a batch to their places in it.
  private func copy(
    _ images: some ImageSource, _ indices: ArraySlice<Int>, _ samples: Range<Int>,
    to batch: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard !samples.isEmpty else { return }
    let size = configuration.imageShape.valueCount
    let first = indices.startIndex
    images.copyImages(
      at: indices[first + samples.lowerBound..<first + samples.upperBound],
      to: UnsafeMutableBufferPointer(
        rebasing: batch[samples.lowerBound * size..<samples.upperBound * size]))
  }

  /// Lets terms that learn do so from a second batch, which the model as it is now encodes.
  func learn(
    _ pixels: UnsafePointer<UInt8>, count: Int, noise: LatentNoise, trainingImages: Int
  ) throws {
    isWhole = false
    engine.encode(pixels, count: count, noise: noise)
    try exchange(count)?.gatherLatents()
    isWhole = true
    let batch = engine.latentBatch(
      count: count, pairs: 0, step: stepsDone, trainingImages: trainingImages)
    for term in learningTerms { term.learn(from: batch) }
  }

  private func exchange(_ count: Int) -> StepExchange? {
    team.map { StepExchange(team: $0, engine: engine, count: count) }
  }

  /// One step on `count` images at `pixels`, with given noise; of pairs the images first, then their twins.
  func step(
    _ pixels: UnsafePointer<UInt8>, count: Int, noise: LatentNoise, epoch: Int,
    trainingImages: Int
  ) throws -> StepReport {
    let step = stepsDone + 1
    let pairs = configuration.pairing == nil ? 0 : count / 2
    let swappedPairs = configuration.pairing?.swapsCategories == true ? pairs : 0
    let exchange = exchange(count)
    team?.begin(step: step)
    engine.encode(pixels, count: count, noise: noise)
    let needsLatents = !latentTerms.isEmpty || swappedPairs > 0
    if needsLatents { try exchange?.gatherLatents() }
    // A step that fails leaves the terms as they were.
    var nextTerms = latentTerms
    let latent =
      nextTerms.isEmpty
      ? nil
      : nextTerms.evaluate(
        engine.latentBatch(count: count, pairs: pairs, step: step, trainingImages: trainingImages))
    engine.computeFeatures(count: count, swappedPairs: swappedPairs)
    let slope = objective.reconstructionSlope(samples: count)
    engine.decodeAndBack(
      reconstructionLoss, against: pixels, count: count, scale: Float(slope),
      learnsShape: learnedLoss != nil)
    try exchange?.gatherLosses(
      includesLatents: !needsLatents, learnsShape: learnedLoss != nil, step: step)
    let (terms, slopes) = objective.evaluate(
      reconstruction: engine.forward.reconstructionSum(count: count),
      divergences: engine.forward.divergenceSums(count: count),
      latentValues: latent?.values ?? [], samples: count, step: step)
    guard terms.isFinite, latent?.notFinite == nil else {
      throw TrainingError.notFinite(
        tensor: engine.firstTensorNotFinite(count: count)
          ?? latent?.notFinite.map { "the term \($0)" } ?? "the reconstruction", step: step)
    }
    var gradient = latent?.gradient
    gradient?.scale(by: Float(1 / objective.pixels))
    try engine.backward(
      count: count, continuousSlope: Float(slopes.continuous),
      discreteSlope: Float(slopes.discrete), terms: gradient, swappedPairs: swappedPairs
    ) { try exchange?.gatherLatentGradients() }
    if let exchange {
      try exchange.completeGradients { engine.backThroughEncoder(count, betweenPieces: $0) }
    } else {
      engine.backThroughEncoder(count)
    }
    let shape = learnedLoss?.loss
    let shapeSquares = learnedLoss?.computeGradient(
      engine.forward.shapeGradient(count: count), slope: slope)
    update(step: step, count: count, shapeSquares: shapeSquares ?? 0)
    stepsDone = step
    latentTerms = nextTerms
    let categories = engine.forward.categoryCounts(count: count)
    epochSums.add(terms, images: count)
    epochSums.add(categories: categories)
    for sample in 0..<count { epochSums.moments.add(engine.forward.latentSample(sample)) }
    let report = StepReport(
      step: step, epoch: epoch, imageCount: count, terms: terms, categoryCounts: categories,
      learnedLoss: shape)
    if configuration.earlyStop != nil, step > configuration.rampsEnd { descent.add(report) }
    return report
  }

  /// One step of the optimizer. Where the norm of all gradients is above the configuration's, they are scaled down to
  /// it (Pascanu et al. 2013, algorithm 1).
  ///
  /// - Parameter shapeSquares: the squares of the gradient of what the loss learns.
  private func update(step: Int, count: Int, shapeSquares: Double) {
    let optimizer = configuration.optimizer(atStep: step)
    var factor: Float = 1
    if let limit = configuration.gradientClip {
      let norm = (engine.finishGradients(count: count) + shapeSquares).squareRoot()
      if norm > limit { factor = Float(limit / norm) }
      engine.updateFinished(optimizer, optimizerState, step: step, factor: factor)
    } else {
      engine.update(optimizer, optimizerState, step: step, count: count)
    }
    learnedLoss?.update(optimizer, step: step, factor: factor, on: instructionSet)
  }

  /// The program's loss, or the configuration's with what was learned so far in place of `adaptive`.
  private var reconstructionLoss: AppliedLoss {
    if let ownLoss { return .own(ownLoss) }
    return .listed(
      learnedLoss.map { .robustLikelihood($0.loss) } ?? configuration.reconstructionLoss)
  }

  /// Means over a whole source with z its mean and c its most probable category, at the capacities of the last step.
  func validate(on images: some ImageSource) -> LossTerms {
    engine.forward.evaluate(
      images, objective: objective, loss: reconstructionLoss, step: max(stepsDone, 1)
    ).terms
  }

  /// Reports the epoch that has just ended and starts the next one's sums.
  func closeEpoch(_ epoch: Int, validation: LossTerms?) -> EpochReport {
    defer { epochSums = EpochSums(configuration.latents, terms: objective.terms) }
    return EpochReport(
      epoch: epoch, step: stepsDone,
      training: epochSums.mean(targets: objective.targets(atStep: stepsDone)),
      validation: validation, categoryCounts: epochSums.categoryCounts,
      information: epochSums.moments.bound)
  }
}
