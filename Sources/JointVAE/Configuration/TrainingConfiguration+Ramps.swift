extension TrainingConfiguration {
  /// What begins to change in the later part of a run: second rises of capacities, the decay of the step size and of
  /// the twins' transformation.
  package var laterRamps: [Ramp] {
    (capacities.map(\.laterRise) + [learningRateDecay, pairing?.transformationDecay])
      .compactMap { $0 }
  }

  /// The same with every ramp over `factor` times as many steps.
  func stretched(by factor: Double) -> TrainingConfiguration {
    var configuration = self
    configuration.continuousCapacity = continuousCapacity.stretched(by: factor)
    configuration.discreteCapacity = discreteCapacity.stretched(by: factor)
    configuration.learningRateDecay = learningRateDecay?.stretched(by: factor)
    configuration.pairing?.transformationDecay =
      pairing?.transformationDecay?.stretched(by: factor)
    if var neighbors = pairing?.neighbors {
      // Short runs may bring two findings to one step.
      neighbors.steps = Set(neighbors.steps.map { $0.stretched(by: factor) }).sorted()
      configuration.pairing?.neighbors = neighbors
    }
    if let labels = pairing?.selfLabels {
      configuration.pairing?.selfLabels?.step = labels.step.stretched(by: factor)
    }
    return configuration
  }

  /// Lowers the step size to a tenth between two steps; what comes after it keeps the tenth.
  mutating func lowerStepSize(from start: Int, through end: Int) {
    learningRateDecay = Ramp(to: 0.1, from: start, through: end)
  }

  /// The same with the optimizer's step size as it is to the end.
  package var withSteadyOptimizer: TrainingConfiguration {
    var configuration = self
    configuration.learningRateDecay = nil
    return configuration
  }
}
