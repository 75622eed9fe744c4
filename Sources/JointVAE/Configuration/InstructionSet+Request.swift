import JointVAEKernels

/// The vector instructions that training and inference use.
public typealias InstructionSet = JointVAEKernels.InstructionSet

/// How convolutions are computed.
public typealias ConvolutionMethod = JointVAEKernels.ConvolutionMethod

extension InstructionSet {
  /// The set a user asked for by name; nil when nobody asked, which stands for the fastest.
  ///
  /// - Parameter name: such as the value of the environment variable `JOINTVAE_ISA`.
  /// - Throws: `ConfigurationError` when this processor has none of that name, with those it has.
  public static func requested(_ name: String?) throws -> InstructionSet? {
    guard let name, !name.isEmpty else { return nil }
    if let set = InstructionSet(named: name) { return set }
    let names = available.map(\.description).joined(separator: ", ")
    throw ConfigurationError(
      "JOINTVAE_ISA", name, expected: "an instruction set of this processor: \(names)")
  }
}
