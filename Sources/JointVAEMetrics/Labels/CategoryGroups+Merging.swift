import JointVAE

extension CategoryGroups {
  /// Takes categories together that the same images hesitate between, until `count` groups are left. Labels are not used.
  ///
  /// Of images n with probabilities alpha_n, `S = sum_n alpha_n alpha_n^T` counts how often two categories are both probable,
  /// and `n_a = sum_n alpha_na` how often one is. The similarity `S_ab / (n_a n_b)` is 1 / N for categories that are
  /// independent. The two groups whose categories are most similar in the mean (average linkage) are merged first.
  ///
  /// - Parameters:
  ///   - encoding: the codes of images; those that were trained on serve best.
  ///   - variable: the discrete variable to merge; nil for the only one.
  ///   - count: groups to end with, from 2 to one less than there are categories.
  /// - Throws: `ConfigurationError` for another count, and where the variable is not the only one and not given;
  ///   `MetricError.noImages`, and `MetricError.noVariable` for codes without discrete variables.
  public init(merging encoding: Encoding, variable: Int? = nil, into count: Int) throws {
    let latents = encoding.latents
    guard encoding.count > 0 else { throw MetricError.noImages }
    guard !latents.discrete.isEmpty else {
      throw MetricError.noVariable(score: "merging", latents: latents.description)
    }
    guard let variable = variable ?? (latents.discrete.count == 1 ? 0 : nil),
      latents.discrete.indices.contains(variable)
    else {
      throw ConfigurationError(
        "variable to merge", variable.map { "c\($0)" } ?? "not given",
        expected: "one of "
          + latents.discrete.enumerated().map { "c\($0) with \($1) categories" }
          .joined(separator: ", "))
    }
    let categories = latents.discrete[variable]
    guard (2..<max(categories, 2)).contains(count) else {
      throw ConfigurationError(
        "merged categories", "\(count)",
        expected: categories > 2
          ? "from 2 to \(categories - 1), as c\(variable) has \(categories) categories"
          : "a model with more than 2 categories; c\(variable) has \(categories)")
    }
    let similarities = Self.similarities(encoding.probabilities[variable], categories: categories)
    self.init(variable: variable, Self.link(similarities, categories: categories, into: count))
  }

  /// `S_ab / (n_a n_b)`, row by row; 0 for categories that no image has.
  private static func similarities(_ probabilities: [Float], categories: Int) -> [Double] {
    var together = [Double](repeating: 0, count: categories * categories)
    var alone = [Double](repeating: 0, count: categories)
    for start in stride(from: 0, to: probabilities.count, by: categories) {
      for a in 0..<categories {
        let alpha = Double(probabilities[start + a])
        alone[a] += alpha
        for b in 0..<a { together[a * categories + b] += alpha * Double(probabilities[start + b]) }
      }
    }
    for a in 0..<categories {
      for b in 0..<a {
        let product = alone[a] * alone[b]
        let similarity = product > 0 ? together[a * categories + b] / product : 0
        together[a * categories + b] = similarity
        together[b * categories + a] = similarity
      }
    }
    return together
  }

  /// The group of each category after average linkage down to `count` groups; of equal pairs the first.
  private static func link(
    _ similarities: [Double], categories: Int, into count: Int
  ) -> [Int] {
    var similarities = similarities
    var groups = Array(0..<categories)
    var sizes = [Double](repeating: 1, count: categories)
    for _ in count..<categories {
      let left = (0..<categories).filter { sizes[$0] > 0 }
      var best = (left[0], left[1])
      for (place, a) in left.enumerated() {
        for b in left[(place + 1)...]
        where similarities[a * categories + b] > similarities[best.0 * categories + best.1] {
          best = (a, b)
        }
      }
      let (a, b) = best
      for other in left where other != a && other != b {
        let mean =
          (sizes[a] * similarities[a * categories + other]
            + sizes[b] * similarities[b * categories + other]) / (sizes[a] + sizes[b])
        similarities[a * categories + other] = mean
        similarities[other * categories + a] = mean
      }
      sizes[a] += sizes[b]
      sizes[b] = 0
      groups = groups.map { $0 == b ? a : $0 }
    }
    return groups
  }
}
