import JointVAE
import JointVAEKernels

extension JointVAEModel {
  /// Evaluates the model on a data set: reconstruction, KL, likelihood, and the scores that labels and factors allow.
  ///
  /// - Parameters:
  ///   - labels: the class of every image, if known.
  ///   - classNames: the names of the classes.
  ///   - factors: what every image was made from, if known.
  /// - Throws: `MetricError`, `ModelError` or `ConfigurationError` naming what does not fit.
  public func evaluate(
    on images: some ImageSource, labels: [Int]? = nil, classNames: [String] = [],
    factors: FactorLabels? = nil, options: EvaluationOptions = EvaluationOptions()
  ) throws -> Evaluation {
    if let labels, labels.count != images.count {
      throw MetricError.count(of: "labels", labels.count, expected: images.count)
    }
    if let factors, factors.count != images.count {
      throw MetricError.count(of: "rows of factors", factors.count, expected: images.count)
    }
    let measurement = try measure(
      images, loss: options.reconstructionLoss, threads: options.threads)
    let terms = measurement.terms(scale: options.reconstructionScale)
    let matrices = try labels.map { labels in
      try latents.discrete.enumerated().map { variable, count in
        try ConfusionMatrix(
          labels: labels, categories: measurement.categories(of: variable),
          classNames: classNames, categoryCount: count)
      }
    }
    let probabilities = measurement.meanLargestProbabilities
    let total = terms.continuousKL + terms.discreteKL
    return Evaluation(
      images: measurement.count, imageShape: imageShape, latents: latents,
      accuracy: try matrices.flatMap { try labelScores($0, options.labelVariable) },
      discreteVariables: latents.discrete.enumerated().map { variable, count in
        var counts = [Int](repeating: 0, count: count)
        for category in measurement.categories(of: variable) { counts[category] += 1 }
        return Evaluation.DiscreteVariable(
          name: "c\(variable)", counts: counts, categoriesUsed: counts.count { $0 > 0 },
          meanLargestProbability: probabilities[variable],
          normalizedMutualInformation: matrices?[variable].normalizedMutualInformation)
      },
      kl: Evaluation.Divergences(
        continuous: terms.continuousKL, discrete: terms.discreteKL,
        perLatent: terms.continuousKLs + terms.discreteKLs),
      activeUnits: terms.activeDimensions, reconstruction: terms.reconstruction,
      reconstructionLoss: options.reconstructionLoss.shortName,
      reconstructionScale: options.reconstructionScale,
      likelihood: try likelihood(on: images, measurement, options),
      disentanglement: try factors.flatMap { factors in
        try options.disentanglement?.scores(
          of: measurement.encoding, labels: factors,
          threads: options.threads ?? Workers.processorCount)
      } ?? [],
      isCollapsed: total < LossTerms.activityThreshold
        || terms.isCollapsed(capacity: options.capacity ?? 0))
  }

  private func labelScores(_ matrices: [ConfusionMatrix], _ wanted: Int?) throws -> LabelScores? {
    if let wanted {
      guard matrices.indices.contains(wanted) else {
        throw MetricError.noVariable(score: "accuracy of c\(wanted)", latents: latents.description)
      }
      return LabelScores(variable: wanted, confusion: matrices[wanted])
    }
    let information = matrices.map(\.normalizedMutualInformation)
    guard let largest = information.max(), let best = information.firstIndex(of: largest) else {
      return nil
    }
    return LabelScores(variable: best, confusion: matrices[best])
  }

  /// Nil for a loss that is not the logarithm of a likelihood.
  private func likelihood(
    on images: some ImageSource, _ measurement: ModelMeasurement, _ options: EvaluationOptions
  ) throws -> LikelihoodBound? {
    guard options.likelihoodSamples != 0, options.reconstructionLoss.isLikelihood else {
      return nil
    }
    return try likelihoodBound(
      on: images, encoding: measurement.encoding, loss: options.reconstructionLoss,
      samples: options.likelihoodSamples, seed: options.seed, threads: options.threads)
  }
}

extension ReconstructionLoss {
  /// Such as `bce`, `cauchy(0.5)` or `robust(1.0, 0.5)`.
  var shortName: String {
    switch self {
    case .binaryCrossEntropy: "bce"
    case .meanSquaredError: "mse"
    case .cauchy(let scale): "cauchy(\(scale))"
    case .robust(let loss): "robust(\(loss.alpha), \(loss.scale))"
    case .robustLikelihood(let loss): "robust-likelihood(\(loss.alpha), \(loss.scale))"
    case .adaptive: "adaptive"
    case .multikernelCauchy(let kernels):
      "multicauchy(\(kernels.map { "\($0.weight) x \($0.scale)" }.joined(separator: ", ")))"
    case .laplace(let scale): "laplace(\(scale))"
    case .gaussian(let deviation): "gaussian(\(deviation))"
    }
  }
}
