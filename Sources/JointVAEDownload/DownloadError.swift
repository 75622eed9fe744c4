import JointVAEFiles

/// Why a file could not be had from any of its mirrors.
public struct DownloadError: DescribedError, Equatable, Sendable {
  /// The file that was wanted.
  public var path: String
  /// What was wrong with each mirror, in the order they were asked.
  public var failures: [MirrorFailure]
  /// The bytes that are kept beside the file, with which the next download goes on.
  public var keptByteCount: Int

  /// What was wrong with a mirror.
  public struct MirrorFailure: Error, Equatable, Sendable {
    /// The mirror's address.
    public var mirror: String
    /// What it did, and what was expected.
    public var problem: String
    /// Whether there was no way to it, as without a network.
    public var isUnreachable: Bool

    /// `problem` of `mirror`.
    public init(mirror: String, problem: String, isUnreachable: Bool = false) {
      self.mirror = mirror
      self.problem = problem
      self.isUnreachable = isUnreachable
    }
  }

  /// Whether there was no way to any mirror, as without a network.
  public var isUnreachable: Bool { !failures.isEmpty && failures.allSatisfy(\.isUnreachable) }

  /// `failures` of all mirrors of the file wanted at `path`.
  public init(path: String, failures: [MirrorFailure], keptByteCount: Int = 0) {
    self.path = path
    self.failures = failures
    self.keptByteCount = keptByteCount
  }

  /// A sentence for the user.
  public var description: String {
    let reasons = failures.map { "\($0.mirror) \($0.problem)" }.joined(separator: "; ")
    let kept =
      keptByteCount > 0 ? "; \(keptByteCount) bytes are kept, run it again to go on from there" : ""
    return "\(path): cannot be fetched: \(failures.isEmpty ? "it has no mirrors" : reasons)\(kept)"
  }
}
