import JointVAE
import JointVAEMetrics

/// The arrays of disentanglement in metrics.py.
enum OracleArrays {
  static let count = 900
  static let sizes = [3, 4, 5]

  static func labels() throws -> FactorLabels {
    try FactorLabels(
      names: ["a", "b", "c"], sizes: sizes,
      values: (0..<count).flatMap { image in
        sizes.indices.map { Oracle.noise(image, 10 + $0) % sizes[$0] }
      })
  }

  /// Four numbers and a category of four an image.
  static func representation() throws -> Representation {
    let classes = try labels().values
    return try Representation(
      columns: (0..<4).map { .init(name: "z\($0)") } + [.init(name: "c0", categories: 4)],
      values: (0..<count).flatMap { image in
        let (a, b, c) = (
          Double(classes[image * 3]), Double(classes[image * 3 + 1]),
          Double(classes[image * 3 + 2])
        )
        let e = (0..<5).map { Double(Oracle.noise(image, 20 + $0)) / 1009 }
        let wrong = Double(Oracle.noise(image, 30) % 10)
        return [
          a + e[0], c * 0.5 + b * 0.25 + e[1], c - e[2] * 2, e[3], wrong > 2 ? b : wrong,
        ]
      })
  }

  static func representation(_ code: DiscreteCode) throws -> Representation {
    let representation = try representation()
    return code == .oneHot ? representation.oneHot : representation
  }

  /// Rows `range` of both.
  static func draw(_ range: Range<Int>, _ code: DiscreteCode) throws -> FactorDraw {
    let (representation, labels) = (try representation(code), try labels())
    let width = representation.columns.count
    return try FactorDraw(
      representation: try Representation(
        columns: representation.columns,
        values: Array(representation.values[range.lowerBound * width..<range.upperBound * width])),
      labels: try FactorLabels(
        names: labels.names, sizes: labels.sizes,
        values: Array(labels.values[range.lowerBound * 3..<range.upperBound * 3])))
  }
}

extension OracleArrays {
  /// The posteriors of 300 images in metrics.py, of three continuous variables and one of four categories.
  static func posteriors() throws -> Encoding {
    let classes = try labels().values
    let images = 0..<300
    return Encoding(
      latents: LatentSpec(continuous: 3, discrete: [4]), count: images.count,
      mean: images.flatMap { image -> [Float] in
        let (a, b, c) = (
          Double(classes[image * 3]), Double(classes[image * 3 + 1]),
          Double(classes[image * 3 + 2])
        )
        let e = (0..<3).map { Double(Oracle.noise(image, 100 + $0)) / 1009 }
        return [a * 1.5 + e[0] * 0.5, b * 0.75 + c * 0.25 + e[1], e[2] * 3].map { Float($0) }
      },
      logVariance: images.flatMap { image in
        (0..<3).map { j -> Float in
          let share = Double(Oracle.noise(image, 110 + j)) / 1009
          return Float(share * 3 - 4)
        }
      },
      probabilities: [
        images.flatMap { image -> [Float] in
          let weights = (0..<4).map { k -> Double in
            let bonus = k == classes[image * 3 + 1] ? 1000 : 0
            return Double(Oracle.noise(image, 120 + k) + 1 + bonus)
          }
          return weights.map { Float($0 / weights.reduce(0, +)) }
        }
      ])
  }

  /// Their factors.
  static func posteriorLabels() throws -> FactorLabels {
    try FactorLabels(
      names: ["a", "b", "c"], sizes: sizes, values: Array(labels().values.prefix(900)))
  }
}
