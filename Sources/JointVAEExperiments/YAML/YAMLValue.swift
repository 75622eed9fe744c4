import JointVAEFiles

/// A value of a YAML file, and where it stands.
struct YAMLValue: Hashable, Sendable {
  /// What it is. Scalars stay as they are written: what they stand for is the reader's to say.
  enum Content: Hashable, Sendable {
    /// A number, a word or a text.
    case scalar(String)
    case list([YAMLValue])
    case mapping([Entry])
  }

  /// A key with its value.
  struct Entry: Hashable, Sendable {
    var name: String
    /// Where the key stands.
    var line: Int
    var column: Int
    var value: YAMLValue
  }

  var content: Content
  /// Counted from 1.
  var line: Int
  /// Counted from 1.
  var column: Int
  /// Where it stands in the document, such as `axes.loss[2]`; lists count from 1.
  var key: String

  /// An error about this value.
  func problem(_ problem: String) -> YAMLProblem {
    YAMLProblem(line: line, column: column, key: key, problem: problem)
  }

  /// What kind of value it is, in words.
  var kind: String {
    switch content {
    case .scalar(""): "empty"
    case .scalar: "a single value"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The text of a scalar.
  /// - Throws: `YAMLProblem` when it is none, or empty.
  func text(expected: String) throws(YAMLProblem) -> String {
    guard case .scalar(let text) = content, !text.isEmpty else {
      throw problem("is \(kind); expected \(expected)")
    }
    return text
  }

  /// The elements of a list.
  /// - Throws: `YAMLProblem` when it is none, or empty.
  func list(expected: String) throws(YAMLProblem) -> [YAMLValue] {
    guard case .list(let elements) = content else {
      throw problem("is \(kind); expected \(expected)")
    }
    guard !elements.isEmpty else { throw problem("is an empty list; expected \(expected)") }
    return elements
  }

  /// The entries of a mapping.
  /// - Throws: `YAMLProblem` when it is none, or empty.
  func entries(expected: String) throws(YAMLProblem) -> [Entry] {
    guard case .mapping(let entries) = content else {
      throw problem("is \(kind); expected \(expected)")
    }
    guard !entries.isEmpty else { throw problem("is an empty mapping; expected \(expected)") }
    return entries
  }

  /// `true` or `false`.
  /// - Throws: `YAMLProblem` when it is neither.
  func flag() throws(YAMLProblem) -> Bool {
    switch content {
    case .scalar("true"): return true
    case .scalar("false"): return false
    case .scalar(let text) where !text.isEmpty:
      throw problem("is \(text.quoted); expected true or false")
    default: throw problem("is \(kind); expected true or false")
    }
  }
}

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
