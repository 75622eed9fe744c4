/// Why a file could not be read or written, in a sentence for the person who named it.
public struct FileError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The path as the caller gave it.
  public var path: String
  /// What went wrong, what was expected and what to do, without the path.
  public var problem: String

  /// An error about `path`.
  public init(_ path: String, _ problem: String) {
    self.path = path
    self.problem = problem
  }

  /// `path: problem`.
  public var description: String { "\(path): \(problem)" }
}
