import JointVAEFiles

/// Why ranks cannot work together, in a sentence for the user.
public struct ClusterError: DescribedError, Equatable, Sendable {
  /// What is wrong, and what to do about it.
  public var description: String

  /// An error with this sentence.
  public init(_ description: String) { self.description = description }
}

/// A rank that a team waits for in vain.
public struct SilentRank: DescribedError, Equatable, Sendable {
  /// The rank that does not answer.
  public var rank: Int
  /// How long it was waited for.
  public var seconds: Int

  /// What is wrong, and what to do.
  public var description: String {
    "rank \(rank) has not answered for \(seconds == 1 ? "1 second" : "\(seconds) seconds"); look for what holds it up, "
      + "and start again"
  }
}
