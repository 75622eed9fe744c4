import JointVAE

/// How far models sort the same images in the same way, whatever the numbers of their categories. It needs no labels.
public enum CategoryAgreement {
  /// For each model, in their order, the mean adjusted Rand index of its categories with those of every other model: 1 for the
  /// same partition of the images, 0 for what chance gives.
  ///
  /// Several discrete variables count as one, whose categories are the combinations of theirs that occur.
  /// - Throws: `MetricError` for fewer than two models, for other numbers of images, and for models without discrete variables.
  public static func scores(_ encodings: [Encoding]) throws -> [Double] {
    guard let first = encodings.first, encodings.count > 1 else {
      throw MetricError.count(of: "models to compare", encodings.count, expected: 2)
    }
    for encoding in encodings {
      guard encoding.count == first.count else {
        throw MetricError.count(of: "images", encoding.count, expected: first.count)
      }
      guard !encoding.latents.discrete.isEmpty else {
        throw MetricError.noVariable(
          score: "The agreement of categories", latents: encoding.latents.description)
      }
    }
    let partitions = encodings.map(partition)
    return try partitions.indices.map { model in
      let others = try partitions.indices.filter { $0 != model }.map {
        try agreement(partitions[model], partitions[$0])
      }
      return others.reduce(0, +) / Double(others.count)
    }
  }

  /// The number of the part that each image is in, and how many parts there are.
  private static func partition(_ encoding: Encoding) -> (parts: [Int], count: Int) {
    var numbers: [[Int]: Int] = [:]
    let parts = (0..<encoding.count).map { image in
      let combination = encoding.latents.discrete.indices.map {
        encoding.mostProbableCategory(of: image, variable: $0)
      }
      let number = numbers[combination] ?? numbers.count
      numbers[combination] = number
      return number
    }
    return (parts, numbers.count)
  }

  private static func agreement(
    _ first: (parts: [Int], count: Int), _ second: (parts: [Int], count: Int)
  ) throws -> Double {
    try ConfusionMatrix(
      labels: first.parts, categories: second.parts,
      classNames: (0..<first.count).map(String.init), categoryCount: second.count
    ).adjustedRandIndex
  }
}
