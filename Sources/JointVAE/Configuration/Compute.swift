import JointVAEKernels

/// What a computation may use of the machine. It decides the speed and never the result.
///
/// ```swift
/// let trainer = try Trainer(configuration: configuration, compute: .threads(2))
/// ```
public struct Compute: Hashable, Sendable {
  /// Threads at most; nil for one a processor, or fewer where there is too little to do.
  public var threads: Int?
  /// The vector instructions; nil for the fastest that this processor has.
  public var instructionSet: InstructionSet?

  /// At most `threads` threads, with the instructions of `instructionSet`.
  public init(threads: Int? = nil, instructionSet: InstructionSet? = nil) {
    self.threads = threads
    self.instructionSet = instructionSet
  }

  /// All processors and the fastest instructions.
  public static let automatic = Compute()

  /// At most `count` threads, with the fastest instructions.
  public static func threads(_ count: Int) -> Compute { Compute(threads: count) }

  /// Threads for work that can be split in `parts`; at least one.
  package func threadCount(parts: Int = .max) -> Int {
    max(1, min(threads ?? Workers.processorCount, parts))
  }

  /// The instructions to use; there is no value for those that a processor lacks.
  var instructions: InstructionSet { instructionSet ?? .fastest }
}

/// The vector instructions that training and inference use.
public typealias InstructionSet = JointVAEKernels.InstructionSet

/// How convolutions are computed.
public typealias ConvolutionMethod = JointVAEKernels.ConvolutionMethod
