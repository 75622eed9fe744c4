import JointVAEMetrics

/// Every combination of three factors with 4, 5 and 6 values, 50 times, and representations of them.
struct FactorWorld {
  static let sizes = [4, 5, 6]
  static let names = ["color", "size", "shape"]
  static let count = 4 * 5 * 6 * 50

  static func values(of image: Int) -> [Int] { [image % 4, image / 4 % 5, image / 20 % 6] }

  static func labels() throws -> FactorLabels {
    try FactorLabels(names: names, sizes: sizes, values: (0..<count).flatMap(values))
  }

  /// Columns of numbers, from the factors and the number of an image.
  static func table(
    columns: Int, _ row: ([Double], Int) -> [Double]
  ) throws -> FactorTable {
    try FactorTable(
      representation: Representation(
        columns: (0..<columns).map { .init(name: "z\($0)") },
        values: (0..<count).flatMap { row(values(of: $0).map(Double.init), $0) }),
      labels: labels())
  }

  static func identity() throws -> FactorTable { try table(columns: 3) { factors, _ in factors } }

  static func zeros() throws -> FactorTable {
    try table(columns: 3) { _, _ in [0, 0, 0] }
  }

  /// Numbers that have nothing to do with the factors.
  static func random() throws -> FactorTable {
    try table(columns: 3) { _, image in (0..<3).map { Double(Oracle.noise(image, 90 + $0)) } }
  }

  static func permuted() throws -> FactorTable {
    try table(columns: 3) { factors, _ in [factors[2], factors[0], factors[1]] }
  }

  static func duplicated() throws -> FactorTable {
    try table(columns: 6) { factors, _ in factors + factors }
  }

  /// Counts that take a moment and not a minute.
  static var quick: DisentanglementProtocol {
    var counts = DisentanglementProtocol()
    (counts.trainingImages, counts.testImages) = (3000, 1500)
    counts.factorVAE[1].votes = 1000
    counts.factorVAE[1].evaluationVotes = 500
    counts.betaVAE = .init(training: 1000, evaluation: 500, pairs: 64)
    return counts
  }
}
