import Foundation
import JointVAEKernels

/// A JointVAE (Dupont 2018): an encoder from images to continuous and discrete latent variables, and a decoder back.
///
/// A value: copies share weights that never change. Any number of threads may use one at once.
///
/// ```swift
/// let model = try JointVAE(contentsOf: "runs/digits/model.safetensors")
/// let threes = try model.sample(count: 8, categories: [0: 3], seed: 1)
/// ```
public struct JointVAE: Sendable {
  /// The temperature T of the samples it was trained with.
  public let temperature: Double
  let weights: Weights
  let instructionSet: InstructionSet

  /// A model with the initial weights of a seed.
  /// - Throws: `ConfigurationError` when no network exists for the shape or the latents.
  public init(
    imageShape: ImageShape, latents: LatentSpec, temperature: Double = 0.67, seed: UInt64 = 1
  ) throws {
    try imageShape.validate()
    try latents.validate()
    let weights = Weights(
      NetworkLayout(imageShape: imageShape, latents: latents), forTraining: false)
    weights.initialize(seed: seed)
    self.init(owning: weights, temperature: temperature, instructionSet: .fastest)
  }

  /// Takes over weights that nobody else will change.
  init(owning weights: Weights, temperature: Double, instructionSet: InstructionSet) {
    self.weights = weights
    self.temperature = temperature
    self.instructionSet = instructionSet
    weights.pack(on: instructionSet, Workers(count: 1))
  }

  /// The same model, computed with other instructions.
  func using(_ instructionSet: InstructionSet) -> JointVAE {
    JointVAE(copying: weights, temperature: temperature, instructionSet: instructionSet)
  }

  /// A snapshot of weights that may change later.
  init(copying weights: Weights, temperature: Double, instructionSet: InstructionSet) {
    let copy = Weights(weights.network, forTraining: false, method: weights.method)
    copy.master.start.update(from: weights.master.start, count: weights.master.count)
    self.init(owning: copy, temperature: temperature, instructionSet: instructionSet)
  }

  /// The shape of its images.
  public var imageShape: ImageShape { weights.network.imageShape }

  /// Its latent variables.
  public var latents: LatentSpec { weights.network.latents }

  /// Weights and biases.
  public var parameterCount: Int { weights.layout.parameterCount }

  /// All weights and biases under the reference's names, in its order and layout.
  public var tensors: [NamedTensor] { weights.tensors() }

  /// An engine for batches of up to `samples`.
  func engine(samples: Int, threads: Int?) -> Engine {
    let slices = samples / Engine.sliceSize(weights.network)
    let wanted = threads ?? ProcessInfo.processInfo.activeProcessorCount
    return Engine(
      weights: weights, samples: samples, temperature: Float(temperature),
      workers: Workers(count: max(1, min(wanted, slices))), instructions: instructionSet)
  }

  /// Samples that pass the network at once: enough for all threads, few enough for their memory.
  static let batchSize = 256
}
