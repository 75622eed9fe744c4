import JointVAEKernels
import Synchronization

/// Trains a model, one step after the other.
///
/// What it computes depends on the configuration and the images alone, to the last bit: not on the number of threads, and
/// not on whether it was stopped, saved and resumed in between.
public final class Trainer: @unchecked Sendable {
  /// What decides the result.
  public let configuration: TrainingConfiguration
  /// What it may use of the machine.
  public let compute: Compute
  /// The instructions its kernels use.
  let instructionSet: InstructionSet

  /// What it minimizes.
  public let objective: Objective

  let engine: TrainingEngine
  let optimizerState: OptimizerState
  /// The loss that a program passed; nil for the configuration's.
  let ownLoss: (any ValueLoss)?
  /// alpha and c of the adaptive loss; nil for all others.
  let learnedLoss: LearnedLoss?
  var epochSums: EpochSums
  var stepsDone = 0
  /// What the early stop knows of the objective.
  var descent = ObjectiveDescent()
  /// The objective's, with what they remember.
  var latentTerms: [any LatentTerm]
  // Guards every variable and the memory of the engine: one step, snapshot or save at a time. A `Mutex` of a state would
  // hold the engine, too, as a step changes both; so the class is unchecked and every method takes the lock.
  let lock = Mutex<Void>(())

  private let pixels: UnsafeMutableBufferPointer<UInt8>

  /// A trainer with initial weights from the configuration's seed.
  ///
  /// - Parameters:
  ///   - configuration: what decides the result.
  ///   - loss: a reconstruction loss in place of the configuration's.
  ///   - terms: what to add to the objective of the configuration.
  ///   - compute: threads and instructions; part of the speed, not of the result.
  ///   - convolution: how convolutions are computed; part of the speed, and of the last bits of the
  ///     result.
  /// - Throws: `ConfigurationError`.
  public init(
    configuration: TrainingConfiguration, loss: (any ValueLoss)? = nil,
    terms: [any ObjectiveTerm] = [], compute: Compute = .automatic,
    convolution: ConvolutionMethod = .automatic
  ) throws {
    try configuration.validate()
    self.configuration = configuration
    ownLoss = loss
    objective = try Objective(configuration, additionalTerms: terms)
    let instructions = compute.instructions
    self.compute = compute
    instructionSet = instructions
    let network = NetworkLayout(try configuration.network())
    let weights = Weights(network, forTraining: true, method: convolution)
    weights.initialize(seed: configuration.seed)
    let workers = Workers(count: compute.threadCount(parts: configuration.lanes))
    weights.pack(on: instructions, workers)
    engine = TrainingEngine(
      weights: weights, samples: configuration.batchSize,
      temperature: Float(configuration.temperature), lanes: configuration.lanes, workers: workers,
      instructions: instructions)
    let machine = LearningMachine(
      samples: configuration.batchSize, seed: configuration.seed, workers: workers,
      instructions: instructions)
    latentTerms = objective.latentTerms.map { ($0 as? any LearningTerm)?.begun(machine) ?? $0 }
    optimizerState = OptimizerState(configuration.optimizer, count: weights.layout.count)
    let learnsLoss = loss == nil && configuration.reconstructionLoss == .adaptive
    learnedLoss = learnsLoss ? LearnedLoss(configuration.optimizer) : nil
    epochSums = EpochSums(configuration.latents, terms: objective.terms)
    pixels = .allocate(
      capacity: configuration.batchSize * configuration.imageShape.valueCount)
    pixels.initialize(repeating: 0)
  }

  /// A trainer that starts from given weights, `JointVAEModel.tensors` of a model of the same shape.
  /// - Throws: `ConfigurationError`, `TensorMismatch`.
  public convenience init(
    configuration: TrainingConfiguration, startingFrom tensors: [NamedTensor],
    loss: (any ValueLoss)? = nil, terms: [any ObjectiveTerm] = [], compute: Compute = .automatic
  ) throws {
    try self.init(configuration: configuration, loss: loss, terms: terms, compute: compute)
    try engine.weights.loadChecked(tensors, named: "the initial weights")
    engine.weights.pack(on: instructionSet, engine.workers)
  }

  deinit { pixels.deallocate() }

  /// Whether `gradientTensors` will be asked for.
  package var keepsGradients: Bool {
    get { engine.keepsGradients }
    set { lock.withLock { _ in engine.keepsGradients = newValue } }
  }

  /// The gradient of the last step by every parameter, under the reference's names; only of steps that kept gradients.
  package var gradientTensors: [NamedTensor] {
    lock.withLock { _ in engine.weights.tensors(of: engine.gradient) }
  }

  /// Steps done so far.
  public var step: Int { lock.withLock { _ in stepsDone } }

  /// The step after which the early stop has ended the training; nil while it has not.
  public var earlyStopStep: Int? {
    lock.withLock { _ in configuration.earlyStop == nil ? nil : descent.stop }
  }

  /// Threads at work.
  public var threads: Int { engine.workers.count }

  /// The model as it is now.
  public var model: JointVAEModel {
    lock.withLock { _ in
      JointVAEModel(
        copying: engine.weights, temperature: configuration.temperature,
        instructionSet: instructionSet, learnedLoss: learnedLoss?.loss, compute: compute)
    }
  }

  /// Terms that learn; their weights are those of ``latentTerms``.
  var learningTerms: [any LearningTerm] { latentTerms.compactMap { $0 as? any LearningTerm } }

  /// Whether a term learns from a second batch of each step.
  var learnsFromSecondBatch: Bool { !learningTerms.isEmpty }

  /// What terms that learn have learned, as training states hold it.
  package var learnedTensors: [NamedTensor] {
    lock.withLock { _ in learningTerms.flatMap(\.tensors) }
  }

  /// One step on images `indices` of a source.
  ///
  /// - Parameters:
  ///   - indices: from 1 to `configuration.imagesPerStep` of them.
  ///   - others: as many, for terms that learn from a second batch.
  /// - Throws: `TrainingError.notFinite`, with the weights as they were.
  func step(
    on images: some ImageSource, at indices: ArraySlice<Int>, others: ArraySlice<Int>, epoch: Int
  ) throws -> StepReport {
    let count = indices.count
    return try lock.withLock { _ in
      images.copyImages(
        at: indices,
        to: UnsafeMutableBufferPointer(
          rebasing: pixels[..<(count * configuration.imageShape.valueCount)]))
      guard let start = pixels.baseAddress else { throw TrainingError.noImages }
      let next = stepsDone + 1
      if let pairing = configuration.pairing {
        engine.makeTwins(
          start, pairs: count, pairing.transformation(atStep: next), seed: configuration.seed,
          step: next)
      }
      let report = try step(
        start, count: configuration.pairing == nil ? count : 2 * count,
        noise: .random(seed: configuration.seed, step: next), epoch: epoch,
        trainingImages: images.count)
      if learnsFromSecondBatch {
        images.copyImages(
          at: others,
          to: UnsafeMutableBufferPointer(
            rebasing: pixels[..<(others.count * configuration.imageShape.valueCount)]))
        learn(
          start, count: others.count, noise: .second(seed: configuration.seed, step: next),
          trainingImages: images.count)
      }
      return report
    }
  }

  /// Lets terms that learn do so from a second batch, which the model as it is now encodes.
  private func learn(
    _ pixels: UnsafePointer<UInt8>, count: Int, noise: LatentNoise, trainingImages: Int
  ) {
    engine.encode(pixels, count: count, noise: noise)
    let batch = engine.latentBatch(
      count: count, pairs: 0, step: stepsDone, trainingImages: trainingImages)
    for term in learningTerms { term.learn(from: batch) }
  }

  /// One step on pixels, `[image, y, x, channel]`, with given noise; of pairs the images first, then
  /// their twins.
  ///
  /// - Parameters:
  ///   - pixels: of the batch.
  ///   - noise: what its latents are drawn with.
  ///   - second: another batch and its noise, for terms that learn; nil for none.
  ///   - trainingImages: images that the batch was drawn from; nil for those of the batch.
  package func step(
    pixels: [UInt8], noise: LatentNoise, second: (pixels: [UInt8], noise: LatentNoise)? = nil,
    trainingImages: Int? = nil
  ) throws -> StepReport {
    let count = pixels.count / configuration.imageShape.valueCount
    precondition(count > 0 && count <= configuration.batchSize)
    precondition(configuration.pairing == nil || count % 2 == 0)
    return try lock.withLock { _ in
      let report = try pixels.withUnsafeBufferPointer {
        guard let start = $0.baseAddress else { throw TrainingError.noImages }
        return try step(
          start, count: count, noise: noise, epoch: 1, trainingImages: trainingImages ?? count)
      }
      second?.pixels.withUnsafeBufferPointer {
        guard let start = $0.baseAddress, let noise = second?.noise else { return }
        learn(start, count: count, noise: noise, trainingImages: trainingImages ?? count)
      }
      return report
    }
  }

  private func step(
    _ pixels: UnsafePointer<UInt8>, count: Int, noise: LatentNoise, epoch: Int,
    trainingImages: Int
  ) throws -> StepReport {
    let step = stepsDone + 1
    let pairs = configuration.pairing == nil ? 0 : count / 2
    let swappedPairs = configuration.pairing?.swapsCategories == true ? pairs : 0
    engine.encode(pixels, count: count, noise: noise)
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
    engine.backward(
      count: count, continuousSlope: Float(slopes.continuous),
      discreteSlope: Float(slopes.discrete), terms: gradient, swappedPairs: swappedPairs)
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
    lock.withLock { _ in
      engine.forward.evaluate(
        images, objective: objective, loss: reconstructionLoss, step: max(stepsDone, 1)
      ).terms
    }
  }

  /// Reports the epoch that has just ended and starts the next one's sums.
  func closeEpoch(_ epoch: Int, validation: LossTerms?) -> EpochReport {
    lock.withLock { _ in
      defer {
        epochSums = EpochSums(configuration.latents, terms: objective.terms)
      }
      return EpochReport(
        epoch: epoch, step: stepsDone,
        training: epochSums.mean(targets: objective.targets(atStep: stepsDone)),
        validation: validation, categoryCounts: epochSums.categoryCounts,
        information: epochSums.moments.bound)
    }
  }

  /// C_c when it has grown to its end, in nats.
  var discreteLimit: Double { objective.target(of: .discrete, atStep: .max) ?? 0 }
}
