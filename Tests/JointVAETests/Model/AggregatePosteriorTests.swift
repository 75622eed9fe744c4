import Foundation
import JointVAE
import JointVAEKernels
import TestSupport
import Testing

@Suite("Aggregate posterior")
struct AggregatePosteriorTests {
  /// Two categories, two dimensions of z: the images of category 1 lie elsewhere, and are correlated.
  private static let latents = LatentSpec(continuous: 2, discrete: [3])

  private static func model(_ latents: LatentSpec = latents) throws -> JointVAEModel {
    try JointVAEModel(imageShape: ImageShape(size: 16), latents: latents)
  }

  private static func encoding(_ images: [(z: [Float], category: Int)], logVariance: Float = -30)
    -> Encoding
  {
    Encoding(
      latents: latents, count: images.count, mean: images.flatMap(\.z),
      logVariance: images.flatMap { _ in [logVariance, logVariance] },
      probabilities: [images.flatMap { image in (0..<3).map { $0 == image.category ? 1 : 0 } }])
  }

  private static let images: [(z: [Float], category: Int)] =
    (0..<1000).map { ([Float($0 % 5) - 2, Float($0 % 3) - 1], 0) }
    + (0..<3000).map { index in
      let u = Float(index % 7) - 3
      return ([5 + u, -4 + u / 2 + Float(index % 2)], 2)
    }

  @Test("has the shares, means and covariances of the images of each category")
  func moments() throws {
    let posterior = try #require(AggregatePosterior(Self.encoding(Self.images)))
    #expect(posterior.components.map(\.categories) == [[2], [0]])
    #expect(posterior.components.map(\.weight) == [0.75, 0.25])
    let last = posterior.components[1]
    #expect(zip(last.mean, [0, 0]).allSatisfy { abs($0 - $1) < 0.002 })
    // Of 4,000 images, those that it is drawn to count as three; the covariance of u and u / 2 is 2.
    let factor = posterior.components[0].factor
    #expect(abs(factor[0] * factor[0] - 4) < 0.01)
    #expect(abs(factor[0] * factor[1] - 2) < 0.01)
    #expect(abs(factor[1] * factor[1] + factor[2] * factor[2] - 1.25) < 0.01)
    // The variances of the posteriors are part of it.
    let wide = try #require(AggregatePosterior(Self.encoding(Self.images, logVariance: 0)))
    #expect(abs(wide.components[0].factor[0] * wide.components[0].factor[0] - 5) < 0.01)
  }

  @Test("samples have its shares, means and covariances")
  func samples() throws {
    let model = try Self.model()
    let posterior = try #require(AggregatePosterior(Self.encoding(Self.images)))
    let codes = try model.sampleCodes(40_000, from: .aggregate(posterior), seed: 3)
    let own = codes.filter { $0[discrete: 0] == 2 }
    #expect(abs(Double(own.count) / 40_000 - 0.75) < 0.01)
    #expect(codes.allSatisfy { $0[discrete: 0] != 1 })
    func mean(_ value: (LatentCode) -> Float) -> Double {
      own.reduce(0) { $0 + Double(value($1)) } / Double(own.count)
    }
    #expect(abs(mean { $0[continuous: 0] } - 5) < 0.05)
    #expect(abs(mean { ($0[continuous: 0] - 5) * ($0[continuous: 1] + 3.5) } - 2) < 0.1)
  }

  @Test("a category that is asked for is drawn alone, and one that no image has with any z")
  func categories() throws {
    let model = try Self.model()
    let posterior = try #require(AggregatePosterior(Self.encoding(Self.images)))
    let source = LatentSource.aggregate(posterior)
    let first = try model.sampleCodes(100, from: source, fixing: [.category(0)])
    #expect(first.allSatisfy { $0[discrete: 0] == 0 && abs($0[continuous: 0]) < 8 })
    let none = try model.sampleCodes(100, from: source, fixing: [.category(1), .continuous(1, 2)])
    #expect(none.allSatisfy { $0[discrete: 0] == 1 && $0[continuous: 1] == 2 })
    #expect(none.contains { $0[continuous: 0] > 3 })
  }

  @Test("with a standard normal for each category, it draws the images of the prior")
  func prior() throws {
    let components = (0..<3).map {
      "{\"categories\": [\($0)], \"weight\": 0.25, \"mean\": [0, 0], \"factor\": [1, 0, 1]}"
    }
    let text = "{\"components\": [\(components.joined(separator: ", "))]}"
    let posterior = try JSONDecoder().decode(AggregatePosterior.self, from: Data(text.utf8))
    let model = try Self.model()
    let codes = try model.sampleCodes(500, from: .aggregate(posterior), seed: 8)
    #expect(try codes == model.sampleCodes(500, seed: 8))
    #expect(
      try model.sample(20, from: .aggregate(posterior), seed: 8) == model.sample(20, seed: 8))
  }

  @Test("an async draw gives the same images")
  func asyncForm() async throws {
    let model = try Self.model()
    let posterior = try #require(AggregatePosterior(Self.encoding(Self.images)))
    let images: ImageBatch = try await model.sample(30, from: .aggregate(posterior), seed: 5)
    let blocking = try { try model.sample(30, from: .aggregate(posterior), seed: 5) }()
    #expect(images == blocking)
  }

  @Test("of many combinations, the first variables are told apart")
  func combinations() throws {
    let latents = LatentSpec(continuous: 0, discrete: [10, 9, 2])
    let count = 360
    let encoding = Encoding(
      latents: latents, count: count, mean: [], logVariance: [],
      probabilities: latents.discrete.map { size in
        (0..<count).flatMap { image in (0..<size).map { $0 == image % size ? 1 : 0 } }
      })
    let posterior = try #require(AggregatePosterior(encoding))
    #expect(posterior.components.count == 90)
    #expect(posterior.components.allSatisfy { $0.categories.count == 2 })
    let codes = try Self.model(latents)
      .sampleCodes(400, from: .aggregate(posterior))
    #expect(Set(codes.map { $0[discrete: 2] }) == [0, 1])
  }

  @Test("that of other latents, of none or of too many images is an error, or none")
  func errors() throws {
    let posterior = try #require(AggregatePosterior(Self.encoding(Self.images)))
    for latents in [
      LatentSpec(continuous: 3, discrete: [3]), LatentSpec(continuous: 2, discrete: [2]),
      LatentSpec(continuous: 2, discrete: []),
    ] {
      let model = try Self.model(latents)
      #expect(throws: ModelError.self) {
        _ = try model.sample(1, from: .aggregate(posterior))
      }
    }
    #expect(AggregatePosterior(Self.encoding([])) == nil)
    #expect(AggregatePosterior(Self.encoding([([.nan, 0], 0)])) == nil)
    let wide = LatentSpec(continuous: 33, discrete: [])
    let codes = Encoding(
      latents: wide, count: 1, mean: Array(repeating: 0, count: 33),
      logVariance: Array(repeating: 0, count: 33), probabilities: [])
    #expect(AggregatePosterior(codes) == nil)
  }
}
