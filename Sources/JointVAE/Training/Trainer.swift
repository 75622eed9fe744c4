import JointVAEKernels
import Synchronization

/// Trains a model, one step after the other.
///
/// What it computes depends on the configuration and the images alone, to the last bit: not on the number of threads, and
/// not on whether it was stopped, saved and resumed in between.
public final class Trainer: Sendable {
  /// What decides the result.
  public let configuration: TrainingConfiguration
  /// What it may use of the machine.
  public let compute: Compute
  /// Threads at work.
  public let threads: Int
  /// The instructions its kernels use.
  let instructionSet: InstructionSet

  /// What it minimizes.
  public let objective: Objective
  /// The processes that train the same model; nil for this one alone.
  public let team: (any TrainingTeam)?

  // One step, snapshot or save at a time.
  let core: Mutex<TrainingCore>

  /// A trainer with initial weights from the configuration's seed.
  ///
  /// - Parameters:
  ///   - configuration: what decides the result.
  ///   - loss: a reconstruction loss in place of the configuration's.
  ///   - terms: what to add to the objective of the configuration.
  ///   - compute: threads and instructions; part of the speed, not of the result.
  ///   - convolution: how convolutions are computed; part of the speed, and of the last bits of the
  ///     result.
  ///   - team: the processes that share its batches; part of the speed, not of the result.
  /// - Throws: `ConfigurationError`, also for lanes that cannot be dealt to the team.
  public init(
    configuration: TrainingConfiguration, loss: (any ValueLoss)? = nil,
    terms: [any ObjectiveTerm] = [], compute: Compute = .automatic,
    convolution: ConvolutionMethod = .automatic, team: (any TrainingTeam)? = nil
  ) throws {
    try configuration.validate()
    try team?.validate(configuration)
    self.team = team
    self.configuration = configuration
    self.compute = compute
    objective = try Objective(configuration, additionalTerms: terms)
    instructionSet = compute.instructions
    let workers = Workers(
      count: compute.threadCount(parts: configuration.lanes / (team?.count ?? 1)))
    threads = workers.count
    core = Mutex(
      try TrainingCore(
        configuration, objective: objective, loss: loss, instructionSet: instructionSet,
        workers: workers, convolution: convolution, team: team))
  }

  /// A trainer that starts from given weights, `JointVAEModel.tensors` of a model of the same shape.
  /// - Throws: `ConfigurationError`, `TensorMismatch`.
  public convenience init(
    configuration: TrainingConfiguration, startingFrom tensors: [NamedTensor],
    loss: (any ValueLoss)? = nil, terms: [any ObjectiveTerm] = [], compute: Compute = .automatic
  ) throws {
    try self.init(configuration: configuration, loss: loss, terms: terms, compute: compute)
    try core.withLock { try $0.load(tensors, named: "the initial weights") }
  }

  /// Whether `gradientTensors` will be asked for.
  package var keepsGradients: Bool {
    get { core.withLock { $0.engine.keepsGradients } }
    set { core.withLock { $0.engine.keepsGradients = newValue } }
  }

  /// The gradient of the last step by every parameter, under the reference's names; only of steps that kept gradients.
  package var gradientTensors: [NamedTensor] {
    core.withLock { $0.engine.weights.tensors(of: $0.engine.gradient) }
  }

  /// Steps done so far.
  public var step: Int { core.withLock { $0.stepsDone } }

  /// The step after which the early stop has ended the training; nil while it has not.
  public var earlyStopStep: Int? {
    configuration.earlyStop == nil ? nil : core.withLock { $0.descent.stop }
  }

  /// The model as it is now.
  public var model: JointVAEModel { core.withLock { $0.model(compute: compute) } }

  /// What terms that learn have learned, as training states hold it.
  package var learnedTensors: [NamedTensor] {
    core.withLock { $0.learningTerms.flatMap(\.tensors) }
  }

  /// Whether a term learns from a second batch of each step.
  var learnsFromSecondBatch: Bool { core.withLock { $0.learnsFromSecondBatch } }

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
    return try core.withLock { core in
      let report = try pixels.withUnsafeBufferPointer {
        guard let start = $0.baseAddress else { throw TrainingError.noImages }
        return try core.step(
          start, count: count, noise: noise, epoch: 1, trainingImages: trainingImages ?? count)
      }
      try second?.pixels.withUnsafeBufferPointer {
        guard let start = $0.baseAddress, let noise = second?.noise else { return }
        try core.learn(start, count: count, noise: noise, trainingImages: trainingImages ?? count)
      }
      return report
    }
  }

  /// C_c when it has grown to its end, in nats.
  var discreteLimit: Double { objective.target(of: .discrete, atStep: .max) ?? 0 }
}
