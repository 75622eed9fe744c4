import JointVAE
import JointVAEKernels

/// How far samples of a model are from real images in some features, such as those of a classifier (`FrechetDistance`).
public struct FrechetScore: ModelScore {
  /// What results' names begin with.
  public let name = "frechet"
  /// Where images and samples are compared.
  public var features: any ImageFeatures
  /// How the codes of images lie, to compare samples of it as well; nil for those of the prior alone.
  public var posterior: AggregatePosterior?
  /// Real images at most, spread over all of them, and as many samples.
  public var count = 2_000
  /// What samples are drawn from.
  public var seed: UInt64

  /// A comparison of up to 2,000 images with as many samples of the prior.
  ///
  /// - Parameters:
  ///   - features: where images and samples are compared.
  ///   - seed: what samples are drawn from.
  public init(features: any ImageFeatures, seed: UInt64 = 0) {
    self.features = features
    self.seed = seed
  }

  /// Smaller distances are better.
  public var preference: ScorePreference? { .smaller }

  /// The squared distance of samples of the prior.
  public func value(of images: ScoredImages) throws -> Double? {
    try results(of: images).first?.value
  }

  /// The squared distance of samples of the prior and of the aggregate posterior; none for fewer than four images.
  ///
  /// `halves` among the parts is the distance of a random half of the images from the other: what samples that are real
  /// images would have, of half as many.
  public func results(of images: ScoredImages) throws -> [ScoreResult] {
    try checkCount(count, "samples to compare", Self.leastCount)
    guard images.images.count >= Self.leastCount else { return [] }
    let real = ImageBatch(evenlyFrom: images.images, count: count)
    let (points, width) = try features.values(of: real)
    let (first, second) = halves(of: points, width: width)
    let halves = try FrechetDistance(real: first, samples: second, width: width)
    let sources =
      [("", LatentSource.prior)] + (posterior.map { [("/aggregate", .aggregate($0))] } ?? [])
    return try sources.map { suffix, source in
      let samples = try images.model.sample(real.count, from: source, seed: seed)
      let distance = try FrechetDistance(
        real: points, samples: features.values(of: samples).values, width: width)
      return ScoreResult(
        name: name, protocol: "\(name)/\(features.name)\(suffix)", value: distance.squared,
        title: "Fréchet (\(features.name))\(suffix.isEmpty ? "" : ", aggregate")",
        preference: .smaller,
        parts: ["means": distance.squaredOfMeans, "halves": halves.squared],
        counts: ["images": real.count, "samples": real.count, "features": width], seed: seed)
    }
  }

  private static let leastCount = 4

  /// Rows in two random halves. Every second row would be every second class where classes take turns.
  private func halves(of rows: [Float], width: Int) -> (first: [Float], second: [Float]) {
    var order = Array(0..<rows.count / width)
    var random = RandomSequence(state: seed)
    for place in order.indices.dropFirst().reversed() {
      order.swapAt(place, random.number(below: place + 1))
    }
    func half(_ places: ArraySlice<Int>) -> [Float] {
      places.flatMap { rows[$0 * width..<($0 + 1) * width] }
    }
    let middle = order.count / 2
    return (half(order[..<middle]), half(order[middle...]))
  }
}
