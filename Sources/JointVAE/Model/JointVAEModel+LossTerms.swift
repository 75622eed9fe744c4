extension JointVAEModel {
  /// Loss terms over all images of a source, with z its mean and c its most probable category.
  ///
  /// - Parameters:
  ///   - images: the images to measure, of the model's shape.
  ///   - configuration: the losses and their weights.
  ///   - step: the step whose capacities count.
  /// - Throws: `ModelError.imageShape`; `ConfigurationError` for an adaptive loss of a model without one.
  package func lossTerms(
    on images: some ImageSource, configuration: TrainingConfiguration, step: Int
  ) throws -> (terms: LossTerms, categoryCounts: [[Int]]) {
    guard images.imageShape == imageShape else {
      throw ModelError.imageShape(images: images.imageShape, model: imageShape)
    }
    let loss = try resolved(configuration.reconstructionLoss)
    return withEngine(samples: min(max(images.count, 1), Self.batchSize)) {
      $0.evaluate(images, objective: Objective(configuration), loss: .listed(loss), step: step)
    }
  }
}
