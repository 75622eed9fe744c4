import ArgumentParser
import JointVAE
import JointVAERuns

/// Texts of the command line that are more than one number.
enum Parsing {
  /// `5,15,30`.
  static func numbers(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part) else {
        throw ValidationError("expected numbers with commas, such as 5,15,30")
      }
      return number
    }
  }

  /// `1,2,3`, each once.
  static func seeds(_ text: String) throws -> [UInt64] {
    var seeds: [UInt64] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let seed = UInt64(part), !seeds.contains(seed) else {
        throw ValidationError("expected different whole numbers with commas, such as 1,2,3")
      }
      seeds.append(seed)
    }
    return seeds
  }

  /// `3`, a category of the first discrete variable, or `1:3`, one of the second.
  static func category(_ text: String) throws -> FixedLatent {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(parts.count), let category = parts[parts.count - 1],
      let variable = parts.count == 2 ? parts[0] : 0
    else {
      throw ValidationError("expected a category, such as 3, or VARIABLE:CATEGORY, such as 0:3")
    }
    return .discrete(variable, category: category)
  }

  /// A category and its name.
  struct CategoryName {
    var category: Int
    var name: String
  }

  /// `0=seven`.
  static func categoryName(_ text: String) throws -> CategoryName {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let category = Int(parts[0]) else {
      throw ValidationError("expected a category and its name, such as 0=seven")
    }
    return CategoryName(category: category, name: String(parts[1]))
  }

  /// `z1,c0`.
  static func pair(_ text: String) throws -> [LatentVariable] {
    let variables = try text.split(separator: ",", omittingEmptySubsequences: false).map {
      try LatentVariable(name: String($0))
    }
    guard variables.count == 2, variables[0] != variables[1] else {
      throw ValidationError("expected two different latents, such as z1,c0")
    }
    return variables
  }

  /// The key and the text of `key=text`.
  struct Note {
    var key: String
    var text: String
  }

  /// `author=A. Student`.
  static func note(_ text: String) throws -> Note {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ValidationError("expected KEY=TEXT, such as author=A. Student")
    }
    return Note(key: String(parts[0]), text: String(parts[1]))
  }

  /// - Throws: `ValidationError` when `path` does not end in one of `extensions`.
  static func requireExtension(
    _ extensions: [String], of path: String, argument: String = "--output"
  ) throws {
    guard extensions.contains(where: { path.lowercased().hasSuffix(".\($0)") }) else {
      let names = extensions.map { ".\($0)" }
      let list = [names.dropLast().joined(separator: ", "), names.last ?? ""]
        .filter { !$0.isEmpty }.joined(separator: " or ")
      throw ValidationError("\(argument) is \(path); expected a name that ends in \(list).")
    }
  }

  /// - Throws: `ValidationError` for the first number that is below 1.
  static func requirePositive(_ numbers: (option: String, value: Int)...) throws {
    for (option, value) in numbers where value < 1 {
      throw ValidationError("\(option) is \(value); expected at least 1.")
    }
  }
}
