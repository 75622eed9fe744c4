import JointVAE
import JointVAEMetrics
import Testing

@Suite("Downstream probes") struct ProbeTests {
  @Test("Accuracies and guesses equal scikit-learn's", arguments: ["z", "c", "both"])
  func oracle(source: String) throws {
    let reference = try Oracle.numbers("probe.\(source)")
    let columns = ["z": [0, 1, 2, 3], "c": [4], "both": [0, 1, 2, 3, 4]][source] ?? []
    let (training, test) = try (
      OracleArrays.draw(0..<600, .category), OracleArrays.draw(600..<900, .category)
    )
    func selected(_ draw: FactorDraw) throws -> Representation {
      let width = draw.representation.columns.count
      return try Representation(
        columns: columns.map { draw.representation.columns[$0] },
        values: (0..<draw.representation.count).flatMap { image in
          columns.map { draw.representation.values[image * width + $0] }
        })
    }
    for factor in 0..<3 {
      func column(_ draw: FactorDraw) -> [Int] {
        stride(from: factor, to: draw.labels.values.count, by: 3).map { draw.labels.values[$0] }
      }
      let probe = try LinearProbe(
        training: selected(training), labels: column(training), test: selected(test),
        testLabels: column(test), classCount: OracleArrays.sizes[factor])
      #expect(abs(probe.accuracy - (try #require(reference["\(factor)"]))) < 1e-9)
      #expect(abs(probe.majority - (try #require(reference["\(factor).majority"]))) < 1e-9)
    }
  }

  /// 900 images of three classes: z0 stands for the size, z1 for nothing, and c for the class.
  private func images(labels: [Int]?, withFactors: Bool = true) throws -> EncodedImages {
    let shape = (0..<900).map { $0 % 3 }
    let size = (0..<900).map { $0 / 3 % 4 }
    var means: [Float] = []
    var alphas: [Float] = []
    for image in 0..<900 {
      means += [Float(size[image]), Float(Oracle.noise(image, 7)) / 1009]
      for category in 0..<3 { alphas.append(category == shape[image] ? 0.8 : 0.1) }
    }
    return EncodedImages(
      encoding: Encoding(
        latents: LatentSpec(continuous: 2, discrete: [3]), count: 900, mean: means,
        logVariance: Array(repeating: -3, count: 1800), probabilities: [alphas]),
      labels: labels, classNames: labels == nil ? [] : ["a", "b", "c"],
      factors: withFactors
        ? try FactorLabels(
          names: ["shape", "size"], sizes: [3, 4],
          values: (0..<900).flatMap { [shape[$0], size[$0]] }) : nil)
  }

  @Test("What a code holds is found in it, and not elsewhere; beside it stands a guess")
  func knownAnswers() throws {
    let labels = (0..<900).map { $0 % 3 }
    let results = try ProbeScore(threads: 2).results(of: images(labels: labels))
    let byName = Dictionary(results.map { ($0.protocol, $0) }) { first, _ in first }
    #expect(
      results.map(\.protocol) == [
        "probe/class from z", "probe/factors from z", "probe/class from c",
        "probe/factors from c", "probe/class from z and c", "probe/factors from z and c",
      ])
    // The shape is the class, so that one factor is left.
    #expect(byName["probe/factors from z"]?.value == 1)
    #expect(byName["probe/factors from z"]?.parts["size"] == 1)
    #expect(byName["probe/class from c"]?.value == 1)
    let blind = try #require(byName["probe/class from z"])
    #expect((0.2...0.45).contains(blind.value))
    #expect((0.28...0.38).contains(try #require(blind.parts["majority"])))
    #expect((0.15...0.36).contains(try #require(byName["probe/factors from c"]).value))
    #expect(byName["probe/class from z and c"]?.value == 1)
    #expect(blind.counts == ["trainingImages": 450, "testImages": 450] && blind.seed == 0)
    // Threads change nothing, seeds the images.
    #expect(try ProbeScore(threads: 1).results(of: images(labels: labels)) == results)
    #expect(try ProbeScore(seed: 5).results(of: images(labels: labels)) != results)
  }

  @Test("Without labels there are factors, without factors the class, without both nothing")
  func missing() throws {
    let unlabeled = try ProbeScore().results(of: images(labels: nil))
    #expect(unlabeled.map(\.title).first == "factors from z")
    #expect(Set(unlabeled[0].parts.keys).isSuperset(of: ["shape", "size"]))
    let labels = (0..<900).map { $0 % 3 }
    let plain = try ProbeScore().results(of: images(labels: labels, withFactors: false))
    #expect(plain.map(\.name) == ["probe", "probe", "probe"])
    #expect(plain.allSatisfy { $0.protocol.hasPrefix("probe/class") })
    #expect(try ProbeScore().results(of: images(labels: nil, withFactors: false)).isEmpty)
    let same = Array(repeating: 1, count: 900)
    #expect(try ProbeScore().results(of: images(labels: same, withFactors: false)).isEmpty)
    var none = ProbeScore()
    none.trainingImages = 0
    #expect(throws: ConfigurationError.self) { try none.results(of: images(labels: labels)) }
  }
}
