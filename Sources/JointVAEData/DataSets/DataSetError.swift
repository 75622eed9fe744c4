/// Why there is no such data set, in a sentence for the person who asked for it.
///
/// What is wrong with a file is a `FileError`.
public struct DataSetError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The data set's name or path as the caller gave it.
  public var dataSet: String
  /// What is wrong, what was expected and what to do, without the name.
  public var problem: String

  /// An error about `dataSet`.
  public init(_ dataSet: String, _ problem: String) {
    self.dataSet = dataSet
    self.problem = problem
  }

  /// `dataSet: problem`.
  public var description: String { "\(dataSet): \(problem)" }
}
