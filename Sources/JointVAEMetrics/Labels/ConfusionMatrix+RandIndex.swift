extension ConfusionMatrix {
  /// How often two images that share a category share a class, corrected for chance (Hubert and
  /// Arabie 1985).
  ///
  /// `(sum C(n_lc, 2) - E) / ((sum C(n_l, 2) + sum C(n_c, 2)) / 2 - E)`, with `E = sum C(n_l, 2)
  /// sum C(n_c, 2) / C(n, 2)`: 1 for equal partitions, about 0 for independent ones, and below 0
  /// for less agreement than chance. 1 where the definition is 0 / 0.
  public var adjustedRandIndex: Double {
    func pairs(_ counts: some Sequence<Int>) -> Double {
      counts.reduce(0) { $0 + Double($1) * (Double($1) - 1) / 2 }
    }
    let all = pairs([imageCount])
    let together = pairs(counts.joined())
    let sameClass = pairs(classSizes)
    let sameCategory = pairs(categorySizes)
    guard all > 0 else { return 1 }
    let expected = sameClass / all * sameCategory
    let largest = (sameClass + sameCategory) / 2
    guard largest > expected else { return 1 }
    return (together - expected) / (largest - expected)
  }
}
