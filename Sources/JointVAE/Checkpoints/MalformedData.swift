/// What is wrong with bytes that a parser reads, before anyone knows which file they came from.
struct MalformedData: Error, Equatable {
  /// The sentence for `FileError.problem`.
  var problem: String

  init(_ problem: String) { self.problem = problem }
}
