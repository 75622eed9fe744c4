import JointVAE

/// Gathers the reports of training steps into the status a person sees: means over the steps since the last one.
package struct TrainingMonitor {
  private let configuration: TrainingConfiguration
  private let epochs: Int
  private let steps: Int

  /// Steps, images and sums since the last status.
  private var windowSteps = 0
  private var loss = 0.0
  private var continuousKLs: [Double]
  private var discreteKL = 0.0
  /// The values of terms that are no targets.
  private var terms: [TermMeasurement] = []
  private var last: StepReport?
  /// Images that were trained on since this program started.
  private var imagesSeen = 0
  private var firstStep: Int?
  /// Images by category, of this epoch and of the last.
  private var counts: [[Int]]
  private var previousCounts: [[Int]]?
  private var countedEpoch = 0
  /// What the latents carried in the last epoch.
  private var information: InformationBound?

  /// Images an epoch must have shown before its own categories are counted rather than the last epoch's.
  private static let enoughImages = 1000

  package init(
    configuration: TrainingConfiguration, stepsPerEpoch: Int, totalSteps: Int
  ) {
    self.configuration = configuration
    steps = totalSteps
    epochs = (totalSteps + stepsPerEpoch - 1) / max(1, stepsPerEpoch)
    continuousKLs = Array(repeating: 0, count: configuration.latents.continuous)
    counts = configuration.latents.discrete.map { Array(repeating: 0, count: $0) }
  }

  /// Takes in a step.
  package mutating func add(_ report: StepReport) {
    if report.epoch != countedEpoch {
      if countedEpoch > 0 { previousCounts = counts }
      countedEpoch = report.epoch
      counts = configuration.latents.discrete.map { Array(repeating: 0, count: $0) }
    }
    for (variable, added) in report.categoryCounts.enumerated() {
      for (category, images) in added.enumerated() { counts[variable][category] += images }
    }
    windowSteps += 1
    loss += report.terms.loss
    for (index, kl) in report.terms.continuousKLs.enumerated() { continuousKLs[index] += kl }
    discreteKL += report.terms.discreteKL
    let measured = Self.values(report.terms)
    if terms.map(\.name) == measured.map(\.name) {
      for index in terms.indices { terms[index].value += measured[index].value }
    } else {
      terms = measured
    }
    imagesSeen += report.imageCount
    if firstStep == nil { firstStep = report.step }
    last = report
  }

  /// The status after the last step, and a new beginning for the means; nil before the first step.
  ///
  /// - Parameter seconds: time since this program began to train.
  package mutating func status(seconds: Double) -> TrainingStatus? {
    guard let last, windowSteps > 0 else { return nil }
    let count = Double(windowSteps)
    let means = continuousKLs.map { $0 / count }
    let seen = counts.first.map { $0.reduce(0, +) } ?? 0
    let used = seen < Self.enoughImages ? previousCounts ?? counts : counts
    let status = makeStatus(
      last, loss: loss / count, continuousKLs: means, discreteKL: discreteKL / count,
      terms: terms.map { TermMeasurement(name: $0.name, value: $0.value / count) },
      categories: used, seconds: seconds)
    windowSteps = 0
    loss = 0
    discreteKL = 0
    terms = []
    for index in continuousKLs.indices { continuousKLs[index] = 0 }
    return status
  }

  /// The status at the end of an epoch: its means.
  package mutating func status(_ epoch: EpochReport, seconds: Double) -> TrainingStatus? {
    guard let last else { return nil }
    information = epoch.information
    var status = makeStatus(
      last, loss: epoch.training.loss, continuousKLs: epoch.training.continuousKLs,
      discreteKL: epoch.training.discreteKL, terms: Self.values(epoch.training),
      categories: epoch.categoryCounts, seconds: seconds)
    status.validationLoss = epoch.validation?.loss
    return status
  }

  private static func values(_ terms: LossTerms) -> [TermMeasurement] {
    terms.measurements.filter { $0.target == nil }
  }

  private func makeStatus(
    _ last: StepReport, loss: Double, continuousKLs: [Double], discreteKL: Double,
    terms: [TermMeasurement], categories: [[Int]], seconds: Double
  ) -> TrainingStatus {
    let latents = configuration.latents
    let done = last.step - (firstStep ?? last.step) + 1
    let isTimed = seconds > 0
    func capacity(_ kind: LatentKind) -> Double? { last.terms.measurements.target(of: kind) }
    return TrainingStatus(
      epoch: last.epoch, epochs: epochs, step: last.step, steps: steps,
      imagesPerSecond: isTimed ? Double(imagesSeen) / seconds : nil,
      secondsLeft: isTimed ? seconds / Double(done) * Double(steps - last.step) : nil,
      loss: loss,
      continuous: latents.continuous > 0
        ? .init(kl: continuousKLs.reduce(0, +), capacity: capacity(.continuous)) : nil,
      discrete: latents.discrete.isEmpty
        ? nil : .init(kl: discreteKL, capacity: capacity(.discrete)),
      terms: terms,
      activeDimensions: information?.activeDimensions,
      dimensions: latents.continuous,
      usedCategories: categories.reduce(0) { $0 + $1.count { $0 > 0 } },
      categories: latents.categoryCount)
  }
}
