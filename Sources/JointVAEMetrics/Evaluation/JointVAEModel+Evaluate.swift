import JointVAE
import JointVAEKernels

extension JointVAEModel {
  /// Evaluates the model on a data set with all that is known of its images.
  ///
  /// It blocks while it computes; an async form does not.
  ///
  /// - Parameters:
  ///   - images: the images, of the model's shape.
  ///   - options: what to measure.
  /// - Throws: `MetricError`, `ModelError` or `ConfigurationError` naming what does not fit.
  public func evaluate(
    on images: some LabeledImageSource, options: EvaluationOptions = EvaluationOptions()
  ) throws -> Evaluation {
    let isScored =
      (options.disentanglement != nil || !options.scores.isEmpty) && !images.factorValues.isEmpty
    return try evaluate(
      on: images, labels: images.labels, classNames: images.classNames,
      factors: isScored ? FactorLabels(numbers: images.factorValues) : nil, options: options)
  }

  /// The async form of `evaluate(on:options:)`: it computes on a thread of its own.
  public func evaluate(
    on images: some LabeledImageSource, options: EvaluationOptions = EvaluationOptions()
  ) async throws -> Evaluation {
    try await onOwnThread { try evaluate(on: images, options: options) }
  }

  /// Evaluates the model on a data set: reconstruction, KL, likelihood, and the scores that labels and factors allow.
  ///
  /// - Parameters:
  ///   - images: the images, of the model's shape.
  ///   - labels: the class of every image, if known.
  ///   - classNames: the names of the classes.
  ///   - factors: what every image was made from, if known.
  ///   - options: what to measure.
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
    let measurement = try measure(images, loss: options.reconstruction.loss)
    let terms = measurement.terms(scale: options.reconstruction.scale)
    // With one class, a model that learned nothing would be right about every image.
    let onlyLabel = labels.flatMap { Set($0).count == 1 ? $0.first : nil }
    let allMatrices = try labels.map { labels in
      try latents.discrete.enumerated().map { variable, count in
        try ConfusionMatrix(
          labels: labels, categories: measurement.categories(of: variable),
          classNames: classNames, categoryCount: count)
      }
    }
    let matrices = onlyLabel == nil ? allMatrices : nil
    let probabilities = measurement.meanLargestProbabilities
    let information = CodeInformation(measurement.encoding)
    let scored = try scoredImages(
      EncodedImages(
        encoding: measurement.encoding, labels: labels, classNames: classNames, factors: factors),
      images, measurement.reconstructions, options)
    var evaluation = Evaluation(
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
      information: information,
      distinctness: try ReconstructionDistinctness(of: self, on: images),
      activeUnits: terms.activeDimensions, reconstruction: terms.reconstruction,
      reconstructionLoss: options.reconstruction.loss.text,
      reconstructionScale: options.reconstruction.scale,
      likelihood: try likelihood(on: images, measurement, options),
      disentanglement: try options.disentanglement?.scores(of: scored.factorCodes) ?? [],
      scores: try options.scores.results(of: scored),
      isCollapsed: information.isEmpty
        || InformationBound.isCollapsed(information.total, capacity: options.capacity ?? 0))
    evaluation.onlyClass = onlyLabel.map {
      classNames.indices.contains($0) ? classNames[$0] : "\($0)"
    }
    if let labels, let accuracy = evaluation.accuracy {
      evaluation.calibration = measurement.encoding.calibration(labels: labels, scores: accuracy)
      evaluation.fewLabels = FewLabels.usual.map {
        FewLabels($0, of: accuracy.confusion, seed: options.seed)
      }
    }
    if options.comparesWithKMeans, let labels, let accuracy = evaluation.accuracy {
      evaluation.kMeans = try KMeansBaseline(
        images, labels: labels, classNames: classNames,
        clusters: latents.discrete[accuracy.variable], seed: options.seed,
        threads: compute.threadCount())
    }
    evaluation.merged = try options.merging.map { merging in
      try MergedScores(
        measurement.encoding, merging.groups(for: measurement.encoding),
        labels: onlyLabel == nil ? labels : nil, classNames: classNames)
    }
    if options.reconstruction.loss == .binaryCrossEntropy {
      let factor =
        options.reconstruction.scale == .sum ? imageShape.valueCount : imageShape.pixelCount
      evaluation.reconstructionFloor = PixelEntropy.mean(of: images) * Double(factor)
    }
    return evaluation
  }

  /// What scores may look at.
  private func scoredImages(
    _ encoded: EncodedImages, _ images: some ImageSource, _ losses: [Double],
    _ options: EvaluationOptions
  ) throws -> ScoredImages {
    var drawn = encoded
    if let more = options.protocolImages {
      drawn = EncodedImages(
        encoding: try measure(more).encoding, labels: more.labels, classNames: more.classNames,
        factors: more.factorValues.isEmpty ? nil : try FactorLabels(numbers: more.factorValues))
    }
    let needsCodes =
      options.disentanglement != nil || options.scores.contains { $0 is FactorScore }
    let counts = options.disentanglement ?? DisentanglementProtocol()
    let codes = try (needsCodes ? drawn.factors : nil).map { factors in
      try counts.forms(
        of: drawn.encoding, labels: factors, classes: drawn.labels,
        threads: compute.threadCount())
    }
    return ScoredImages(
      model: self, images: images, reconstructionLosses: losses, encoded: encoded,
      protocolImages: drawn, factorCodes: codes ?? [])
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
    guard options.likelihoodSamples != 0, options.reconstruction.loss.isLikelihood else {
      return nil
    }
    return try likelihoodBound(
      on: images, encoding: measurement.encoding, loss: options.reconstruction.loss,
      samples: options.likelihoodSamples, seed: options.seed)
  }
}
