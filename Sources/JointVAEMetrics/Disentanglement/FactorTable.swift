import JointVAEKernels

/// Encoded images with known factors, whatever combinations of factors there are.
public struct FactorTable: FactorSampler, Sendable {
  /// Every image.
  public let images: FactorDraw
  /// Factors with different values among the images.
  public let varyingFactors: [Int]
  /// For each factor and each of its values that occurs, the images that have it.
  private let imagesByValue: [[[Int]]]

  /// A table with a row an image.
  /// - Throws: `MetricError` when there is no image or the two differ in length.
  public init(representation: Representation, labels: FactorLabels) throws {
    images = try FactorDraw(representation: representation, labels: labels)
    varyingFactors = labels.varyingFactors
    imagesByValue = labels.names.indices.map { factor in
      var images = [[Int]](repeating: [], count: labels.sizes[factor])
      for (image, value) in labels.column(factor).enumerated() {
        images[value].append(image)
      }
      return images.filter { !$0.isEmpty }
    }
  }

  /// The model's representation of every image.
  public var representation: Representation { images.representation }

  /// What every image was made from.
  public var labels: FactorLabels { images.labels }

  /// The factors' names.
  public var factorNames: [String] { labels.names }

  /// Draws images with replacement.
  public func draw(
    groups: [Int?], size: Int, random: inout RandomSequence
  ) throws -> FactorDraw {
    var rows: [Int] = []
    rows.reserveCapacity(groups.count * size)
    for factor in groups {
      if let factor {
        let values = imagesByValue[factor]
        let images = values[random.number(below: values.count)]
        for _ in 0..<size { rows.append(images[random.number(below: images.count)]) }
      } else {
        for _ in 0..<size { rows.append(random.number(below: labels.count)) }
      }
    }
    return try FactorDraw(representation: representation.rows(rows), labels: labels.rows(rows))
  }

  /// The images `rows`, in that order.
  func draw(rows: [Int]) throws -> FactorDraw {
    try FactorDraw(representation: representation.rows(rows), labels: labels.rows(rows))
  }
}

/// Two sets of images without a common one.
enum DisjointRows {
  /// The numbers of the images, drawn at random.
  ///
  /// Too few images for both are divided in the same proportion. A classifier tested on images it was trained on would score
  /// what it remembers.
  ///
  /// - Precondition: `training` and `test` are above 0.
  /// - Throws: `MetricError.count` when there are fewer than two images.
  static func draw(
    training: Int, test: Int, of count: Int, random: inout RandomSequence
  ) throws -> (training: [Int], test: [Int]) {
    guard count > 1 else { throw MetricError.count(of: "images", count, expected: 2) }
    let share = Double(training) / Double(training + test)
    let first = min(training, max(1, min(count - 1, Int(Double(count) * share))))
    let second = min(test, count - first)
    var rows = Array(0..<count)
    for place in 0..<first + second {
      rows.swapAt(place, place + random.number(below: count - place))
    }
    return (Array(rows[..<first]), Array(rows[first..<first + second]))
  }
}
