import JointVAEFiles

/// What is wrong at a place of a YAML file.
struct YAMLProblem: Error, Equatable {
  /// Counted from 1.
  var line: Int
  /// Counted from 1, in Unicode scalars.
  var column: Int
  /// Where it stands in the document, such as `axes.loss[2]`; empty for the whole.
  var key: String
  /// What is wrong, what was expected and what to do, without the key.
  var problem: String

  /// `file: line 3, column 5: axes.loss is empty; expected ...`.
  func error(in path: String) -> FileError {
    FileError(path, "line \(line), column \(column): " + (key.isEmpty ? "" : "\(key) ") + problem)
  }
}
