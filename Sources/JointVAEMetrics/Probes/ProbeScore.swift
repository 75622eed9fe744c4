import JointVAEFiles
import JointVAE
import JointVAEKernels

/// Downstream probes: how well a linear classifier reads the class and each known factor from z alone, from c alone, and from
/// both.
///
/// The classifier is multinomial logistic regression (L2, C = 1) on numbers with mean 0 and deviation 1; z is the mean of
/// each posterior, and c the most probable category, one-hot. It learns from some images and is measured on others. Beside
/// each accuracy stands that of a guess, the most frequent class of the images it learned from. A factor of more than 64
/// values has 10 ranges for classes.
public struct ProbeScore: ModelScore {
  /// What results' names begin with.
  public let name = "probe"
  /// Images at most that a classifier learns from.
  public var trainingImages = 2_000
  /// Other images at most, on which it is measured.
  public var testImages = 2_000
  /// What the choice of images is drawn from.
  public var seed: UInt64
  /// Threads; they do not change the results.
  public var threads: Int

  /// Probes of up to 2,000 images, measured on up to 2,000 others.
  ///
  /// - Parameters:
  ///   - seed: what the choice of images is drawn from.
  ///   - threads: threads; they do not change the results.
  public init(seed: UInt64 = 0, threads: Int = 1) {
    self.seed = seed
    self.threads = threads
  }

  /// What a classifier is to find.
  private struct Target {
    var name: String
    var values: [Int]
    var classCount: Int
  }

  /// What it is to find it in.
  private struct Source {
    var name: String
    var columns: [Int]
  }

  /// The accuracy of the first probe.
  public func value(of images: ScoredImages) throws -> Double? {
    try results(of: images).first?.value
  }

  /// The results of all probes; none without labels and factors that vary.
  public func results(of images: ScoredImages) throws -> [ScoreResult] {
    try results(of: images.protocolImages)
  }

  /// The accuracies of all probes of encoded images; none without labels and factors that vary.
  ///
  /// - Parameter images: the images with their labels and factors.
  /// - Throws: `MetricError` for fewer than two images, `ConfigurationError` for a count that cannot be.
  public func results(of images: EncodedImages) throws -> [ScoreResult] {
    try checkCount(trainingImages, "training images of a probe", 1)
    try checkCount(testImages, "test images of a probe", 1)
    let classes = Self.classes(of: images)
    let factors = Self.factors(of: images)
    guard classes != nil || !factors.isEmpty else { return [] }
    var random = RandomSequence(seed: seed, purpose: .probeImages)
    let rows = try DisjointRows.draw(
      training: trainingImages, test: testImages, of: images.encoding.count, random: &random)
    let sources = Self.sources(of: images.encoding.latents)
    let targets = [classes].compactMap { $0 } + factors
    let representation = Representation(images.encoding, discrete: .category)
    let (training, test) = (representation.rows(rows.training), representation.rows(rows.test))
    let probes = parallelMap(sources.count * targets.count, threads: threads) { place in
      let (source, target) = (
        sources[place / targets.count], targets[place % targets.count]
      )
      return LinearProbe(
        training: training.selecting(source.columns),
        labels: rows.training.map { target.values[$0] },
        test: test.selecting(source.columns), testLabels: rows.test.map { target.values[$0] },
        classCount: target.classCount)
    }
    return sources.indices.flatMap { index -> [ScoreResult] in
      let found = probes[index * targets.count..<(index + 1) * targets.count]
      let ofClass = classes == nil ? nil : found.first
      let ofFactors = Array(found.suffix(factors.count))
      return [
        ofClass.map { result("class", sources[index], [$0], names: [], rows) },
        ofFactors.isEmpty
          ? nil : result("factors", sources[index], ofFactors, names: factors.map(\.name), rows),
      ].compactMap { $0 }
    }
  }

  private func result(
    _ kind: String, _ source: Source, _ probes: [LinearProbe], names: [String],
    _ rows: (training: [Int], test: [Int])
  ) -> ScoreResult {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    var parts = ["majority": mean(probes.map(\.majority))]
    for (name, probe) in zip(names, probes) {
      parts[name] = probe.accuracy
      parts["\(name).majority"] = probe.majority
    }
    return ScoreResult(
      name: "probe", protocol: "probe/\(kind) from \(source.name)",
      value: mean(probes.map(\.accuracy)), title: "\(kind) from \(source.name)", parts: parts,
      counts: ["trainingImages": rows.training.count, "testImages": rows.test.count],
      settings: ["classifier": "logistic regression, L2, C=1"], seed: seed)
  }

  private static func sources(of latents: LatentSpec) -> [Source] {
    let z = Array(0..<latents.continuous)
    let c = Array(latents.continuous..<latents.continuous + latents.discrete.count)
    return [Source(name: "z", columns: z), Source(name: "c", columns: c)]
      .filter { !$0.columns.isEmpty }
      + (z.isEmpty || c.isEmpty ? [] : [Source(name: "z and c", columns: z + c)])
  }

  private static func classes(of images: EncodedImages) -> Target? {
    guard let labels = images.labels, Set(labels).count > 1 else { return nil }
    return Target(name: "class", values: labels, classCount: (labels.max() ?? 0) + 1)
  }

  /// The factors that vary, but for the one that is the class.
  private static func factors(of images: EncodedImages) -> [Target] {
    guard let labels = images.factors else { return [] }
    let own = images.labels.flatMap { labels.factor(thatIs: $0) }
    return labels.varyingFactors.filter { $0 != own }.map {
      Target(name: labels.names[$0], values: labels.column($0), classCount: labels.sizes[$0])
    }
  }
}

/// The values of a function of the numbers below `count`, computed by threads that share them.
func parallelMap<Value>(
  _ count: Int, threads: Int, _ compute: @Sendable (Int) -> Value
) -> [Value] {
  [Value](filling: count) { buffer, initialized in
    nonisolated(unsafe) let places = buffer
    Workers(count: max(1, threads)).run(count) { item, _ in
      places.initializeElement(at: item, to: compute(item))
    }
    initialized = count
  }
}
