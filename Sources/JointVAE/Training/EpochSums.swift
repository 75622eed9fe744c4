/// Sums over the part of an epoch that is done; part of a training state, so that a resumed epoch reports its whole mean.
struct EpochSums: Equatable {
  var images = 0
  /// loss and reconstruction, times images.
  var losses = [0.0, 0.0]
  /// Every KL, times images.
  var continuousKLs: [Double]
  var discreteKLs: [Double]
  var categoryCounts: [[Int]]
  /// The values of terms, times images. Targets are no sums: an epoch has its last step's.
  var values: [Double]
  /// Of the posteriors.
  var moments: PosteriorMoments
  private let names: [String]

  init(_ latents: LatentSpec, terms: [Objective.Column] = []) {
    names = terms.filter { $0.target == nil }.map(\.name)
    values = names.map { _ in 0 }
    continuousKLs = Array(repeating: 0, count: latents.continuous)
    discreteKLs = Array(repeating: 0, count: latents.discrete.count)
    categoryCounts = latents.discrete.map { Array(repeating: 0, count: $0) }
    moments = PosteriorMoments(latents)
  }

  mutating func add(_ terms: LossTerms, images count: Int) {
    let weight = Double(count)
    images += count
    losses[0] += terms.loss * weight
    losses[1] += terms.reconstruction * weight
    for i in continuousKLs.indices { continuousKLs[i] += terms.continuousKLs[i] * weight }
    for i in discreteKLs.indices { discreteKLs[i] += terms.discreteKLs[i] * weight }
    let measured = terms.measurements.filter { $0.target == nil }
    for (i, measurement) in zip(values.indices, measured) {
      values[i] += measurement.value * weight
    }
  }

  mutating func add(categories: [[Int]]) {
    for i in categories.indices {
      for k in categories[i].indices { categoryCounts[i][k] += categories[i][k] }
    }
  }

  /// Means over the images.
  ///
  /// - Parameter targets: those of the epoch's last step.
  func mean(targets: [TermMeasurement]) -> LossTerms {
    let weight = 1 / Double(max(images, 1))
    var terms = LossTerms(
      reconstruction: losses[1] * weight, continuousKLs: continuousKLs.map { $0 * weight },
      discreteKLs: discreteKLs.map { $0 * weight })
    terms.loss = losses[0] * weight
    terms.measurements =
      targets
      + zip(names, values).map { TermMeasurement(name: $0, value: $1 * weight) }
    return terms
  }

  /// All numbers in a row, for a training state.
  var numbers: [Double] {
    [Double(images)] + losses + continuousKLs + discreteKLs
      + categoryCounts.joined().map(Double.init) + values + moments.numbers
  }

  /// Takes over `numbers` of an equal specification; false when their count is another one.
  ///
  /// States of older versions lack the moments; those then begin anew within the epoch.
  mutating func restore(_ numbers: [Double]) -> Bool {
    let momentCount = moments.numbers.count
    let hasMoments = numbers.count == self.numbers.count
    guard hasMoments || numbers.count == self.numbers.count - momentCount,
      numbers.allSatisfy({ $0.isFinite && abs($0) < 1e15 })
    else { return false }
    if hasMoments { moments.restore(numbers.suffix(momentCount)) }
    var rest = numbers[...]
    func take() -> Double { rest.removeFirst() }
    images = Int(take())
    losses = [take(), take()]
    for i in continuousKLs.indices { continuousKLs[i] = take() }
    for i in discreteKLs.indices { discreteKLs[i] = take() }
    for i in categoryCounts.indices {
      for k in categoryCounts[i].indices { categoryCounts[i][k] = Int(take()) }
    }
    for i in values.indices { values[i] = take() }
    return true
  }
}
