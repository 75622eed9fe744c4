/// How far the preparation of a data set is.
public struct PreparationProgress: Hashable, Sendable {
  /// The data set's name or path.
  public var dataSet: String
  /// Images that are done.
  public var done: Int
  /// All images; nil while nobody knows.
  public var total: Int?
}
