import JointVAEFiles
import JointVAEKernels

/// A term that learns, too: it has weights of its own, and learns after each step of the model from a second batch of images,
/// which the model as it is then encodes.
///
/// What it learned is no value. `evaluate` leaves it as it is, and `learn` is called for steps that did not fail.
protocol LearningTerm: LatentTerm {
  /// The same with weights of its own, ready to learn.
  func begun(_ machine: LearningMachine) -> Self

  /// Learns from the latents of the last batch that `evaluate` was given, and of another one of as many images.
  func learn(from other: LatentBatch)

  /// All that is needed to go on later.
  var tensors: [NamedTensor] { get }

  /// The first tensor that holds a number that is not finite.
  var firstTensorNotFinite: String? { get }

  /// Takes over what `tensors` gave.
  /// - Throws: `FileError` naming what the file lacks.
  func restore(from file: Safetensors, path: String) throws
}

/// What a term learns with.
struct LearningMachine {
  /// Images of a batch at most.
  var samples: Int
  /// What random numbers are drawn from.
  var seed: UInt64
  /// The threads.
  var workers: Workers
  /// The vector instructions.
  var instructions: InstructionSet
}
