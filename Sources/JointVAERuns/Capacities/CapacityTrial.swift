import JointVAEMetrics
import JointVAE

/// A short training, and how far its KL divergences were from their capacities on the way.
struct CapacityTrial {
  /// The parts of a trial that are looked at one by one.
  static let partCount = 5

  /// KL of each latent over the last part, in nats: means over its steps.
  private(set) var divergences: LatentInformation
  /// `|C_z - KL_z|` in each part, in nats: means over its steps.
  private(set) var continuousDistances: [Double]
  /// `|C_c - KL_c|` in each part, in nats: means over its steps.
  private(set) var discreteDistances: [Double]

  /// Trains with `configuration`, whose length is in steps.
  ///
  /// - Parameters:
  ///   - compute: threads and instructions; they do not change the result.
  ///   - observers: those of the training.
  /// - Throws: what the trainer throws.
  init(
    training configuration: TrainingConfiguration, on images: some ImageSource, compute: Compute,
    observers: [any TrainingObserver]
  ) throws {
    let latents = configuration.latents
    let trainer = try Trainer(configuration: configuration, compute: compute)
    let steps = try configuration.totalSteps(imageCount: images.count)
    var sums = LatentInformation(
      continuous: Array(repeating: 0, count: latents.continuous),
      discrete: Array(repeating: 0, count: latents.discrete.count))
    var distances = Array(repeating: (continuous: 0.0, discrete: 0.0), count: Self.partCount)
    var counts = Array(repeating: 0, count: Self.partCount)

    let watch = FunctionObserver { event, _ in
      guard case .step(let report) = event else { return .proceed }
      let part = (report.step - 1) * Self.partCount / steps
      let terms = report.terms
      counts[part] += 1
      func distance(_ kind: LatentKind) -> Double {
        abs((terms.measurements.target(of: kind) ?? 0) - terms.divergences[kind])
      }
      distances[part].continuous += distance(.continuous)
      distances[part].discrete += distance(.discrete)
      if part == Self.partCount - 1 {
        for (index, kl) in terms.continuousKLs.enumerated() { sums.continuous[index] += kl }
        for (index, kl) in terms.discreteKLs.enumerated() { sums.discrete[index] += kl }
      }
      return .proceed
    }
    try trainer.train(on: images, observers: [watch] + observers)
    let means = zip(distances, counts).map { sum, count in
      let count = Double(max(count, 1))
      return (continuous: sum.continuous / count, discrete: sum.discrete / count)
    }
    continuousDistances = means.map(\.continuous)
    discreteDistances = means.map(\.discrete)
    let last = Double(max(counts.last ?? 1, 1))
    divergences = LatentInformation(
      continuous: sums.continuous.map { $0 / last }, discrete: sums.discrete.map { $0 / last })
  }
}
