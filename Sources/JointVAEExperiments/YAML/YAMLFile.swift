import JointVAEFiles
import Yams

/// Reads a YAML file into values that know where they stand.
///
/// What is read is bounded before it is believed: the bytes of the file, its aliases, whose repeated
/// doubling turns a page into gigabytes, and the values they unfold to.
enum YAMLFile {
  /// The most bytes of a file that a person has written.
  static let sizeLimit = 64 << 10
  /// The most asterisks; each may stand for an alias, and 16 of them unfold a value at most a few hundred times.
  static let aliasLimit = 16
  /// The most values, with those that aliases repeat.
  static let valueLimit = 20_000
  /// How deep values may be nested.
  static let depthLimit = 32

  /// The file's only document.
  /// - Throws: `FileError` naming the file and the place of what is wrong.
  static func read(_ path: String) throws -> YAMLValue {
    let bytes = try BoundedFile.read(path, limit: sizeLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(path, "is no UTF-8 text; expected a YAML file")
    }
    do {
      return try value(of: text)
    } catch let problem as YAMLProblem {
      throw problem.error(in: path)
    }
  }

  /// The only document of `text`.
  /// - Throws: `YAMLProblem` for the first thing that is wrong.
  static func value(of text: String) throws -> YAMLValue {
    let asterisks = text.utf8.count { $0 == UInt8(ascii: "*") }
    guard asterisks <= aliasLimit else {
      throw YAMLProblem(
        line: 1, column: 1, key: "",
        problem: "the file has \(asterisks) asterisks, which may stand for aliases; "
          + "expected at most \(aliasLimit)")
    }
    let root: Node?
    do {
      // Words stay words: what is a number is said by the setting, not by the look of it.
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw error.problem
    }
    guard let root else {
      throw YAMLProblem(
        line: 1, column: 1, key: "", problem: "the file is empty; expected an experiment")
    }
    var unfolding = Unfolding(place: (1, 1))
    return try unfolding.value(of: root, key: "", depth: 0)
  }

  /// The way from nodes to values, with the number of values that are still allowed.
  private struct Unfolding {
    /// Where the last node stood that said so.
    var place: (line: Int, column: Int)
    var count = 0

    mutating func value(of node: Node, key: String, depth: Int) throws -> YAMLValue {
      if let mark = node.mark { place = (mark.line, mark.column) }
      let (line, column) = place
      count += 1
      func problem(_ text: String) -> YAMLProblem {
        YAMLProblem(line: line, column: column, key: key, problem: text)
      }
      guard count <= valueLimit else {
        throw problem("brings the file to more than \(valueLimit) values; leave out its aliases")
      }
      guard depth <= depthLimit else {
        throw problem("is nested more than \(depthLimit) levels deep")
      }
      let content: YAMLValue.Content
      switch node {
      case .scalar(let scalar):
        // A plain ~ or null is YAML's nothing; in quotes it is a word.
        let isNothing = scalar.style == .plain && ["~", "null"].contains(scalar.string)
        content = .scalar(isNothing ? "" : scalar.string)
      case .sequence(let nodes):
        var values: [YAMLValue] = []
        for (index, node) in nodes.enumerated() {
          values.append(try value(of: node, key: "\(key)[\(index + 1)]", depth: depth + 1))
        }
        content = .list(values)
      case .mapping(let pairs):
        content = .mapping(try entries(of: pairs, key: key, depth: depth))
      case .alias:
        throw problem("is an alias that stands for nothing")
      }
      return YAMLValue(content: content, line: line, column: column, key: key)
    }

    private mutating func entries(
      of pairs: Node.Mapping, key: String, depth: Int
    ) throws -> [YAMLValue.Entry] {
      var entries: [YAMLValue.Entry] = []
      for (nameNode, node) in pairs {
        let name = try value(of: nameNode, key: key, depth: depth + 1)
        guard case .scalar(let text) = name.content, !text.isEmpty else {
          throw name.problem("has a key that is \(name.kind); expected a word")
        }
        // Keys are shown in errors, and may hold anything.
        let shown = FolderName.isSafe(text) ? text : text.quoted
        let path = key.isEmpty ? shown : "\(key).\(shown)"
        entries.append(
          YAMLValue.Entry(
            name: text, line: name.line, column: name.column,
            value: try value(of: node, key: path, depth: depth + 1)))
      }
      return entries
    }
  }
}

extension YamlError {
  /// The error with its place; of the parser's message the words, not the picture of the line.
  fileprivate var problem: YAMLProblem {
    func problem(_ line: Int, _ column: Int, _ text: String) -> YAMLProblem {
      YAMLProblem(line: line, column: column, key: "", problem: text)
    }
    switch self {
    case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
      .composer(_, let words, let mark, _):
      return problem(mark.line, mark.column, "is no YAML: \(words)")
    case .duplicatedKeysInMapping(let names, let context):
      let list = names.map(\.quoted).joined(separator: ", ")
      return problem(
        context.mark.line, context.mark.column, "is no YAML: the key \(list) stands there twice")
    case .reader(let words, let offset, _, let text):
      let before = text.prefix(offset ?? 0)
      let line = before.count(where: \.isNewline) + 1
      let column = before.reversed().prefix { !$0.isNewline }.count + 1
      return problem(line, column, "is no YAML: \(words)")
    default: return problem(1, 1, "is no YAML: \(self)")
    }
  }
}
