import Foundation
import JointVAE
import JointVAEMetrics
import Testing

@Suite("What a code carries") struct CodeInformationTests {
  /// One latent z of given posteriors.
  private func encoding(
    _ posteriors: [(mean: Double, deviation: Double)], alphas: [[Float]] = []
  ) -> Encoding {
    let latents = LatentSpec(continuous: 1, discrete: alphas.first.map { [$0.count] } ?? [])
    return Encoding(
      latents: latents, count: posteriors.count, mean: posteriors.map { Float($0.mean) },
      logVariance: posteriors.map { Float(2 * log($0.deviation)) },
      probabilities: alphas.isEmpty ? [] : [alphas.flatMap(\.self)])
  }

  @Test("is nothing where the posterior is the same for every image, however large its KL is")
  func constant() {
    let alphas = Array(repeating: [Float(0.97), 0.02, 0.01], count: 50)
    let encoding = encoding(Array(repeating: (3, 0.2), count: 50), alphas: alphas)
    #expect(KLDivergence.normal(mean: 3, logVariance: -3.2) > 5)
    let information = CodeInformation(encoding)
    #expect(information.total < 1e-6 && information.isEmpty && information.activeUnits == 0)
  }

  @Test("is the logarithm of the images where no two posteriors overlap")
  func separated() {
    let information = CodeInformation(encoding((0..<20).map { (Double($0) * 3, 0.05) }))
    #expect(abs(information.continuous[0] - log(20)) < 1e-6)
    #expect(information.activeUnits == 1 && information.images == 20)
  }

  @Test("is log 2 less the entropy of telling two normal densities apart", arguments: [0.5, 1, 2])
  func twoNormals(distance: Double) {
    // I = log 2 - E[log(1 + exp(-2 d t))] with t normal around d, by a plain sum over t.
    let d = distance / 2
    var expected = Double(0.6931471805599453)
    let step = 1e-3
    for t in stride(from: -10.0, to: 12, by: step) {
      let density: Double = exp(-0.5 * (t - d) * (t - d)) / (2 * Double.pi).squareRoot()
      let surprise: Double = log1p(exp(-2 * d * t))
      expected -= step * density * surprise
    }
    let information = CodeInformation(encoding([(-d * 0.3, 0.3), (d * 0.3, 0.3)]))
    #expect(abs(information.continuous[0] - expected) < 1e-6)
  }

  private func normal(_ x: Double, _ deviation: Double) -> Double {
    let scaled = x / deviation
    return exp(-0.5 * scaled * scaled) / (deviation * (2 * Double.pi).squareRoot())
  }

  @Test("stays right where deviations differ by a thousand")
  func scales() {
    // A narrow and a wide density: the entropy of their mixture less their own, by a fine sum.
    let (narrow, wide) = (0.002, 2.0)
    var entropy = 0.0
    let step = narrow / 20
    for point in stride(from: -16.0, to: 16, by: step) {
      let first = normal(point, narrow)
      let second = normal(point, wide)
      let density = 0.5 * (first + second)
      if density > 0 { entropy -= step * density * log(density) }
    }
    let logarithms: Double = log(narrow) + log(wide)
    let own: Double = 0.5 * logarithms + 0.5 * (1 + log(2 * Double.pi))
    let information = CodeInformation(encoding([(0, narrow), (0, wide)]))
    #expect(abs(information.continuous[0] - (entropy - own)) < 1e-4)
    #expect(information.activeUnits == 0)
  }

  @Test("of a discrete variable is the entropy of the mean less the mean entropy")
  func discrete() {
    let sure: [[Float]] = (0..<30).map { image in (0..<3).map { $0 == image % 3 ? 1 : 0 } }
    let posteriors: [(mean: Double, deviation: Double)] = Array(repeating: (0, 1), count: 30)
    #expect(abs(CodeInformation(encoding(posteriors, alphas: sure)).discrete[0] - log(3)) < 1e-6)
    let unsure = Array(repeating: [Float(0.5), 0.25, 0.25], count: 30)
    #expect(abs(CodeInformation(encoding(posteriors, alphas: unsure)).discrete[0]) < 1e-6)
  }

  @Test("Reconstructions that equal their images are recognized, equal ones are not")
  func distinctness() {
    let shape = ImageShape(size: 8)
    let values: [Float] = (0..<5 * 64).map { place in
      let own = Float((place * 37) % 64) / 64
      return min(own + Float(place / 64) / 20, 1)
    }
    let images = ImageBatch(shape: shape, values: values)
    let same = ReconstructionDistinctness(of: images, reconstructions: images)
    #expect(same.recognized == 5 && abs(same.varianceRatio - 1) < 1e-9)
    let mean: [Float] = (0..<64).map { place in
      let sum: Float = (0..<5).reduce(0) { $0 + images.values[$1 * 64 + place] }
      return sum / 5
    }
    let blob = ImageBatch(shape: shape, values: Array(repeating: mean, count: 5).flatMap(\.self))
    let alike = ReconstructionDistinctness(of: images, reconstructions: blob)
    #expect(alike.recognized <= 1 && alike.varianceRatio < 1e-6 && alike.images == 5)
    #expect(
      same.sentence == "5 of 5 reconstructions are nearer to their own image than to any other")
    // An image alone is no success.
    let one = ImageBatch(shape: shape, values: mean)
    #expect(ReconstructionDistinctness(of: one, reconstructions: one).sentence == nil)
    // Two equal images cannot be told apart.
    let twins = ImageBatch(shape: shape, values: mean + mean)
    #expect(ReconstructionDistinctness(of: twins, reconstructions: twins).recognized == 0)
  }
}
