import JointVAEFiles

/// Why ranks cannot work together, in a sentence for the user.
public struct ClusterError: DescribedError, Equatable, Sendable {
  /// What is wrong, and what to do about it.
  public var description: String

  /// An error with this sentence.
  public init(_ description: String) { self.description = description }
}
