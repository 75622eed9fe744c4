import JointVAE
import JointVAEFiles

/// One end of an interpolation as a user names it: a picture in a file, or a category of the first discrete variable.
public enum InterpolationEnd: Hashable, Sendable {
  /// A picture.
  case picture(path: String)
  /// A category, with z at 0.
  case category(Int)

  /// What a text stands for, and what else it could have meant.
  public struct Reading: Hashable, Sendable {
    /// What it is taken for.
    public var end: InterpolationEnd
    /// The other ends that it names, in the order in which they would be taken.
    public var others: [InterpolationEnd]
  }
}

extension StoredModel {
  /// The end of an interpolation that `text` names.
  ///
  /// It is a file if there is one, else a category by its name, else a category by its number. `file:`, `class:` and
  /// `category:` before it say which is meant.
  /// - Throws: `ConfigurationError` for a text that is none of them.
  public func end(named text: String) throws -> InterpolationEnd.Reading {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count == 2 ? String(parts[1]) : ""
    // A file may be called class:3, too.
    let prefix = PathKind.isFile(text) ? nil : parts.count == 2 ? parts.first : nil
    var ends: [InterpolationEnd]
    switch prefix {
    case "file": return InterpolationEnd.Reading(end: .picture(path: rest), others: [])
    case "class": ends = try categories(named: rest).map(InterpolationEnd.category)
    case "category":
      guard let number = category(numbered: rest) else {
        throw ConfigurationError("category", rest.quoted, expected: categoryWords)
      }
      ends = [.category(number)]
    default:
      ends = PathKind.isFile(text) ? [.picture(path: text)] : []
      ends += ((try? categories(named: text)) ?? []).map(InterpolationEnd.category)
      if let number = category(numbered: text), !ends.contains(.category(number)) {
        ends.append(.category(number))
      }
    }
    guard let end = ends.first else {
      let known = (categoryNames?.names ?? []).filter { !$0.isEmpty }
      let guess =
        Int(text) == nil
        ? NearestName.of(text, among: known).map { "; did you mean \($0.quoted)?" } ?? "" : ""
      throw ConfigurationError(
        "end", text.quoted,
        expected: "the file of an image"
          + (model.latents.discrete.isEmpty ? "" : ", or \(categoryWords)") + guess)
    }
    return InterpolationEnd.Reading(end: end, others: Array(ends.dropFirst()))
  }

  /// `category 3, named "4"`, or the path of a picture.
  public func words(for end: InterpolationEnd) -> String {
    switch end {
    case .picture(let path): return path
    case .category(let index):
      guard let names = categoryNames?.names, names.indices.contains(index), !names[index].isEmpty
      else { return "category \(index)" }
      return "category \(index), named \(names[index].quoted)"
    }
  }

  private func categories(named name: String) throws -> [Int] {
    try (categoryNames ?? CategoryNames(count: model.latents.discrete.first ?? 0))
      .categories(named: name)
  }

  private func category(numbered text: String) -> Int? {
    guard let number = Int(text), let count = model.latents.discrete.first,
      (0..<count).contains(number)
    else { return nil }
    return number
  }

  private var categoryWords: String {
    guard let count = model.latents.discrete.first else {
      return "no category, as the model has none"
    }
    let names = Set(categoryNames?.names ?? []).subtracting([""]).sorted()
    return "a category from 0 to \(count - 1)"
      + (names.isEmpty
        ? "" : ", or the name of one (\(names.prefix(30).map(\.quoted).joined(separator: ", ")))")
  }
}
