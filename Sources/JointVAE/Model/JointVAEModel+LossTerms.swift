extension JointVAEModel {
  /// Loss terms over all images of a source, with z its mean and c its most probable category.
  ///
  /// - Parameters:
  ///   - configuration: says the losses and their weights.
  ///   - step: says the capacities.
  /// - Throws: `ModelError.imageShape`; `ConfigurationError` for an adaptive loss of a model without one.
  package func lossTerms(
    on images: some ImageSource, configuration: TrainingConfiguration, step: Int,
    threads: Int? = nil
  ) throws -> (terms: LossTerms, categoryCounts: [[Int]]) {
    guard images.imageShape == imageShape else {
      throw ModelError.imageShape(images: images.imageShape, model: imageShape)
    }
    let loss = try resolved(configuration.reconstructionLoss)
    return withEngine(samples: min(max(images.count, 1), Self.batchSize), threads: threads) {
      $0.evaluate(images, objective: Objective(configuration), loss: loss, step: step)
    }
  }
}
