import JointVAEMetrics
import Testing

@Suite("InfoMEC, IRS and UDR") struct InformationScoreTests {
  private func expect(_ value: Double?, equals section: String, _ key: String) throws {
    let reference = try #require(try Oracle.numbers(section)[key])
    let value = try #require(value)
    #expect(abs(value - reference) < 1e-6, "\(section) \(key): \(value), not \(reference)")
  }

  @Test("InfoM, InfoE and InfoC equal numpy's and scikit-learn's", arguments: DiscreteCode.allCases)
  func information(code: DiscreteCode) throws {
    let score = try InfoMECScore.score(
      training: OracleArrays.draw(0..<600, code), test: OracleArrays.draw(600..<900, code))
    for part in ["infoM", "infoE", "infoC"] {
      try expect(score.parts[part], equals: "infomec.\(code.rawValue)", part)
    }
    #expect(score.value == score.parts["infoM"])
  }

  @Test("MED equals numpy's", arguments: DiscreteCode.allCases)
  func entropies(code: DiscreteCode) throws {
    let score = try MEDScore.score(OracleArrays.representation(code), OracleArrays.labels())
    for part in ["disentanglement", "completeness"] {
      try expect(score.parts[part], equals: "med.\(code.rawValue)", part)
    }
    #expect(score.value == score.parts["disentanglement"])
  }

  @Test("The interventional robustness equals numpy's", arguments: DiscreteCode.allCases)
  func robustness(code: DiscreteCode) throws {
    let score = try IRSScore.score(OracleArrays.representation(code), OracleArrays.labels())
    try expect(score.value, equals: "irs.\(code.rawValue)", "score")
  }

  @Test("The ranking of models without labels equals numpy's and scipy's")
  func ranking() throws {
    let divergences = [[1, 0.5, 0.001, 0.2], [1, 1, 1], [0.3, 0.02, 0.011, 0]]
    let models = try (0..<3).map { model in
      let width = 4 - model % 2
      return UDRScore.Model(
        representation: try Representation(
          columns: (0..<width).map { .init(name: "z\($0)") },
          values: (0..<300).flatMap { image in
            let row = (0..<width).map { j in
              Double(Oracle.noise(image, 70 + j)) / 1009 + Double(model + 1) * 0.1
                * Double(Oracle.noise(image, 80 + 4 * model + j)) / 1009
            }
            return model == 2 ? row.reversed() : row
          }), divergences: divergences[model])
    }
    for (model, score) in try UDRScore.scores(models).enumerated() {
      try expect(score, equals: "udr", "model.\(model)")
    }
  }

  @Test("The factors themselves are modular, compact and robust; zeros and chance are not")
  func knownAnswers() throws {
    func scores(_ table: FactorTable) throws -> (DisentanglementScore, DisentanglementScore) {
      let all = try FactorWorld.quick.scores(table, threads: 2)
      return (
        try #require(all.first { $0.name == "infomec" }),
        try #require(all.first { $0.name == "irs" })
      )
    }
    let (identity, robust) = try scores(FactorWorld.identity())
    #expect((0.97...1).contains(identity.value) && robust.value == 1)
    #expect((0.97...1).contains(try #require(identity.parts["infoC"])))
    let (zeros, still) = try scores(FactorWorld.zeros())
    #expect(zeros.parts.count == 3 && zeros.parts.values.allSatisfy { $0 < 1e-9 })
    #expect(still.value == 0)
    #expect(zeros.counts["activeLatents"] == 0)
    let (random, moved) = try scores(FactorWorld.random())
    #expect(random.value < 0.4 && moved.value < 0.05)
    #expect(try #require(random.parts["infoE"]) < 0.01)
    // Every factor has two variables: modular as before, and half as compact.
    let (twice, _) = try scores(FactorWorld.duplicated())
    #expect((0.97...1).contains(twice.value))
    #expect((0.35...0.45).contains(try #require(twice.parts["infoC"])))
  }

  @Test("Models that agree up to order and sign rank at 1, and a single one cannot be ranked")
  func agreement() throws {
    let table = try FactorWorld.random()
    let same = UDRScore.Model(
      representation: table.representation, divergences: [1, 1, 1])
    let turned = UDRScore.Model(
      representation: try Representation(
        columns: table.representation.columns,
        values: stride(from: 0, to: table.representation.values.count, by: 3).flatMap { row in
          [2, 0, 1].map { -3 * table.representation.values[row + $0] }
        }), divergences: [1, 1, 1])
    #expect(try UDRScore.scores([same, turned]).allSatisfy { $0 > 0.95 })
    let silent = UDRScore.Model(
      representation: table.representation, divergences: [0, 0, 0])
    #expect(try UDRScore.scores([same, silent]) == [0, 0])
    #expect(throws: MetricError.self) { try UDRScore.scores([same]) }
  }
}
