/// Names in a sentence.
enum NameList {
  /// The most that are named.
  static let limit = 10

  /// The first ten of `names`, with commas, and how many more there are.
  static func text(_ names: [String]) -> String {
    names.prefix(limit).joined(separator: ", ")
      + (names.count > limit ? " and \(names.count - limit) more" : "")
  }
}
