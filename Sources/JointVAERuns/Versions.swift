/// A version such as `1.0.0` or `1.0.0-rc.1`, in the order of Semantic Versioning 2.0.0 (https://semver.org, item 11).
package struct SemanticVersion: Comparable {
  private let numbers: [Int]
  /// Of a version before the release; empty for the release itself.
  private let identifiers: [Substring]

  /// Parses a version; nil when the text is none.
  package init?(_ text: String) {
    // What follows a plus has no part in the order.
    let parts = (text.split(separator: "+", maxSplits: 1).first ?? "")
      .split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = (parts.first ?? "").split(separator: ".", omittingEmptySubsequences: false)
      .map { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) : nil }
    guard numbers.count == 3, !numbers.contains(nil) else { return nil }
    self.numbers = numbers.compactMap(\.self)
    identifiers =
      parts.count > 1 ? parts[1].split(separator: ".", omittingEmptySubsequences: false) : []
    guard parts.count == 1 || identifiers.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  /// Whether `left` came before `right`.
  package static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    if left.numbers != right.numbers {
      return left.numbers.lexicographicallyPrecedes(right.numbers)
    }
    // A version before the release is the smaller one.
    if left.identifiers.isEmpty || right.identifiers.isEmpty {
      return !left.identifiers.isEmpty && right.identifiers.isEmpty
    }
    return left.identifiers.lexicographicallyPrecedes(right.identifiers) { first, second in
      switch (Int(first), Int(second)) {
      case (let first?, let second?): first < second
      // Numbers come before words.
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): first < second
      }
    }
  }
}

/// The version of this package.
package enum PackageVersion {
  /// As `jointvae --version` prints it and `config.json` holds it.
  package static let current = "1.0.0-rc.1"
}
