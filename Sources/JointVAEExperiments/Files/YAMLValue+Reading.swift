import JointVAEData
import JointVAEFiles

extension YAMLValue {
  /// A whole number that is at least 1.
  /// - Throws: `YAMLProblem`.
  func count(expected: String) throws(YAMLProblem) -> Int {
    let text = try text(expected: expected)
    guard let count = Int(text), count >= 1 else {
      throw problem("is \(text.quoted); expected \(expected)")
    }
    return count
  }

  /// Seeds, each once.
  /// - Throws: `YAMLProblem`.
  func seeds() throws(YAMLProblem) -> [UInt64] {
    let expected = "a list of whole numbers, such as [1, 2, 3]"
    var seeds: [UInt64] = []
    for element in try list(expected: expected) {
      let text = try element.text(expected: "a whole number")
      guard let seed = UInt64(text) else {
        throw element.problem("is \(text.quoted); expected a whole number, at least 0")
      }
      guard !seeds.contains(seed) else {
        throw element.problem("is \(seed), which is there already; give each seed once")
      }
      seeds.append(seed)
    }
    return seeds
  }
}

extension YAMLValue.Entry {
  /// An error about an unknown key.
  func unknown(among names: [String]) -> YAMLProblem {
    let guess = NearestName.of(name, among: names).map { "; did you mean \($0)?" } ?? "."
    return YAMLProblem(
      line: line, column: column, key: value.key,
      problem: "is no key that is known here\(guess) Known are \(names.joined(separator: ", "))")
  }
}
