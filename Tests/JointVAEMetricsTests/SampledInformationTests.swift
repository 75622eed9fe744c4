import Foundation
import JointVAE
import JointVAEKernels
import JointVAEMetrics
import Testing

@Suite("The mutual information gap from posteriors") struct SampledInformationTests {
  /// 600 images of two colors and three sizes, with classes that are the colors.
  private static func labels() throws -> FactorLabels {
    try FactorLabels(
      names: ["color", "size"], sizes: [2, 3], values: (0..<600).flatMap { [$0 % 2, $0 / 2 % 3] })
  }

  /// Their posteriors: z0 stands 20 deviations apart for each color, z1 for each size, and z2 is the prior for all. c is the
  /// color where `tells`, and even elsewhere.
  private static func posteriors(tells: Bool) throws -> Encoding {
    var means: [Float] = []
    var alphas: [Float] = []
    for image in 0..<600 {
      let (color, size) = (Float(image % 2), Float(image / 2 % 3))
      means += [color * 20, size * 20, 0]
      alphas += tells ? [1 - color, color] : [0.5, 0.5]
    }
    return Encoding(
      latents: LatentSpec(continuous: 3, discrete: [2]), count: 600, mean: means,
      logVariance: Array(repeating: 0, count: 1800), probabilities: [alphas])
  }

  private func scores(tells: Bool, classes: [Int]?) throws -> [String: ScoreResult] {
    var counts = FactorWorld.quick
    (counts.trainingImages, counts.testImages) = (400, 200)
    let codes = try counts.forms(
      of: Self.posteriors(tells: tells), labels: Self.labels(), classes: classes)
    let wanted = counts.scores.filter { $0.name.hasPrefix("mig/chen") }
    let results = try codes.flatMap { code in try wanted.compactMap { try $0.result(for: code) } }
    return Dictionary(results.map { ($0.key, $0) }) { first, _ in first }
  }

  @Test("It equals numpy's and scipy's for the same samples")
  func oracle() throws {
    let reference = try Oracle.numbers("mig.chen")
    for threads in [1, 3] {
      let information = SampledInformationGap.information(
        try OracleArrays.posteriors(), try OracleArrays.posteriorLabels(),
        workers: Workers(count: threads)
      ) { (Double(Oracle.noise($0, 130 + $1)) / 1009 - 0.5) * 4 }
      for (latent, name) in ["z0", "z1", "z2", "c0"].enumerated() {
        for factor in 0..<3 {
          let expected = try #require(reference["\(name).\(factor)"])
          #expect(abs(information[latent][factor] - expected) < 1e-6, "\(name) \(factor)")
        }
      }
    }
  }

  @Test("One latent for each factor, and a second one for the color")
  func closedForms() throws {
    let classes = (0..<600).map { 1 - $0 % 2 }
    let one = try scores(tells: false, classes: classes)
    let all = try #require(one["mig/chen (category)"])
    // Clusters that far apart have the information of their factor, log 2 and log 3; what 400 images show of color and size
    // by chance is the second best.
    #expect((0.98...1).contains(all.value))
    #expect(all.counts == ["images": 400, "samples": 400])
    // What is seen one-hot has no posterior density.
    #expect(one.keys.sorted() == ["mig/chen (category)", "mig/chen without class (category)"])
    let twice = try scores(tells: true, classes: classes)
    let both = try #require(twice["mig/chen (category)"])
    // z0 and c both tell the color: no gap.
    #expect((0.49...0.5).contains(both.value))
    #expect(abs(try #require(both.parts["gap.color"])) < 1e-6)
    let without = try #require(twice["mig/chen without class (category)"])
    #expect((0.98...1).contains(without.value) && without.settings == ["without": "color"])
    #expect(without.parts.keys.sorted() == ["gap.size"])
    // Where no factor is the class there is no score without it.
    #expect(try scores(tells: true, classes: nil).keys.sorted() == ["mig/chen (category)"])
  }
}
