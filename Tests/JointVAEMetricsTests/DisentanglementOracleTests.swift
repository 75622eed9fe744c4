import JointVAEMetrics
import Testing

@Suite("Scores of disentanglement equal numpy's and scikit-learn's")
struct DisentanglementOracleTests {
  private func expect(
    _ value: Double?, equals section: String, _ key: String, tolerance: Double = 1e-6
  ) throws {
    let reference = try #require(try Oracle.numbers(section)[key])
    let value = try #require(value)
    #expect(abs(value - reference) < tolerance, "\(section) \(key): \(value), not \(reference)")
  }

  @Test("Mutual information gap and modularity", arguments: DiscreteCode.allCases)
  func information(code: DiscreteCode) throws {
    let representation = try OracleArrays.representation(code)
    let labels = try OracleArrays.labels()
    let gap = try MutualInformationGap.score(representation, labels)
    try expect(gap.value, equals: "arrays.\(code.rawValue)", "mig")
    let modularity = try ModularityScore.score(representation, labels)
    try expect(modularity.value, equals: "arrays.\(code.rawValue)", "modularity")
  }

  @Test("Separated attribute predictability", arguments: DiscreteCode.allCases)
  func predictability(code: DiscreteCode) throws {
    let score = try SAPScore.score(
      training: OracleArrays.draw(0..<600, code), test: OracleArrays.draw(600..<900, code))
    try expect(score.value, equals: "arrays.\(code.rawValue)", "sap")
  }

  @Test("DCI: to the last digit with ties broken in order, nearly where scikit-learn draws lots")
  func importances() throws {
    let training = try OracleArrays.draw(0..<600, .category)
    let test = try OracleArrays.draw(600..<900, .category)
    let oneHot = try DCIScore.importances(training: training, test: test)
    let score = try DCIScore.score(training: training, test: test, threads: 2)
    for prefix in ["dci", "dci.sklearn"] {
      let tolerance = prefix == "dci" ? 1e-6 : 5e-3
      for (key, value) in score.parts {
        try expect(value, equals: "\(prefix).category", key, tolerance: tolerance)
      }
      try expect(
        oneHot.disentanglement, equals: "\(prefix).one-hot", "disentanglement",
        tolerance: tolerance)
      try expect(
        oneHot.completeness, equals: "\(prefix).one-hot", "completeness", tolerance: tolerance)
    }
    #expect(score.parts.count == 4)
  }

  @Test("Boosted trees for two classes")
  func twoClasses() throws {
    func half(_ range: Range<Int>) throws -> FactorDraw {
      let draw = try OracleArrays.draw(range, .category)
      let width = 4
      return try FactorDraw(
        representation: try Representation(
          columns: Array(draw.representation.columns[..<width]),
          values: range.indices.flatMap { image in
            let row = image - range.lowerBound
            return draw.representation.values[row * 5..<row * 5 + width]
          }),
        labels: try FactorLabels(
          names: ["half"], sizes: [2],
          values: range.indices.map {
            draw.labels.values[($0 - range.lowerBound) * 3 + 2] > 1 ? 1 : 0
          }))
    }
    let result = try DCIScore.importances(training: half(0..<600), test: half(600..<900))
    for j in 0..<4 {
      try expect(
        result.matrix[j][0], equals: "dci.sklearn.two", "importance.\(j)", tolerance: 5e-3)
    }
    try expect(
      result.testAccuracy, equals: "dci.sklearn.two", "informativeness", tolerance: 5e-3)
    try expect(
      result.trainingAccuracy, equals: "dci.sklearn.two", "trainAccuracy", tolerance: 5e-3)
  }

  @Test("FactorVAE score under both ways of sharing votes", arguments: DiscreteCode.allCases)
  func factorVAE(code: DiscreteCode) throws {
    let table = try FactorTable(
      representation: OracleArrays.representation(code), labels: OracleArrays.labels())
    var counts = FactorVAEProtocol.kim2018
    (counts.votes, counts.imagesPerVote, counts.varianceImages) = (150, 40, 500)
    let equal = try FactorVAEScore.score(table, protocol: counts, seed: 3)
    counts = .locatello
    (counts.votes, counts.evaluationVotes, counts.imagesPerVote, counts.varianceImages) =
      (150, 80, 10, 500)
    let random = try FactorVAEScore.score(table, protocol: counts, seed: 4)
    for (name, score) in [("equal", equal), ("random", random)] {
      let section = "factor-vae.\(name).\(code.rawValue)"
      try expect(score.value, equals: section, "score")
      try expect(score.parts["trainAccuracy"], equals: section, "trainAccuracy")
      try expect(
        score.counts["activeLatents"].map(Double.init), equals: section, "activeLatents")
    }
  }

  @Test("beta-VAE score", arguments: DiscreteCode.allCases)
  func betaVAE(code: DiscreteCode) throws {
    let table = try FactorTable(
      representation: OracleArrays.representation(code), labels: OracleArrays.labels())
    let score = try BetaVAEScore.score(
      table, counts: .init(training: 150, evaluation: 100, pairs: 4), seed: 5)
    try expect(score.value, equals: "beta-vae.\(code.rawValue)", "score")
    try expect(score.parts["trainAccuracy"], equals: "beta-vae.\(code.rawValue)", "trainAccuracy")
  }

  @Test("Weights of logistic regression", arguments: [("three", 3), ("two", 2)])
  func logisticRegression(name: String, count: Int) throws {
    let inputs = (0..<200).flatMap { i in (0..<2).map { Double(Oracle.noise(i, 40 + $0)) / 1009 } }
    let labels = (0..<200).map { i in
      Int(
        inputs[i * 2] * Double(count) * 0.7 + Double(Oracle.noise(i, 50)) / 1009 * Double(count)
          * 0.3)
    }
    let model = LogisticRegression(features: inputs, labels: labels, classCount: count)
    for output in 0..<(count == 2 ? 1 : count) {
      for j in 0..<2 {
        try expect(
          model.weights[output * 3 + j], equals: "regression.\(name)", "\(output).\(j)")
      }
    }
  }

  @Test("Lines of support vector machines", arguments: [("three", 3), ("two", 2)])
  func supportVectors(name: String, count: Int) throws {
    let inputs = (0..<200).map { Double(Oracle.noise($0, 60)) / 1009 }
    let labels = (0..<200).map { i in
      Int(
        inputs[i] * inputs[i] * Double(count) * 0.7 + Double(Oracle.noise(i, 61)) / 1009
          * Double(count) * 0.3)
    }
    let machine = SupportVectorThresholds(inputs: inputs, labels: labels, classCount: count)
    #expect(machine.lines.count == (count == 2 ? 1 : count))
    for (k, line) in machine.lines.enumerated() {
      try expect(line.slope, equals: "support.\(name)", "slope.\(k)")
      try expect(line.bias, equals: "support.\(name)", "bias.\(k)")
    }
  }
}
