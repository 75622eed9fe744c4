import JointVAE
import JointVAEData
import JointVAEMetrics

extension EvaluationRequest {
  /// The evaluation of the model at `path`.
  /// - Throws: as `EvaluationReport.init`.
  func evaluation(of path: String, catalog: DataSetCatalog) throws -> Evaluation {
    let stored = try StoredModel(path)
    let images = try images(for: stored, from: catalog)
    // Before the work, not after it.
    try requireWhatIsAskedFor(of: images, stored.model.latents)
    var evaluation = try stored.model.evaluate(
      on: images, labels: images.labels, classNames: images.classNames,
      factors: scoresDisentanglement
        ? FactorLabels(numbers: images.factors.map { ($0.name, $0.values) }) : nil,
      options: options(for: stored))
    evaluation.model = path
    evaluation.dataSet = images.name
    evaluation.split = images.part
    return evaluation
  }

  private func requireWhatIsAskedFor(of images: LabeledImages, _ latents: LatentSpec) throws {
    if requiresAccuracy {
      guard images.labels != nil else { throw MetricError.noLabels(score: "accuracy") }
      guard !latents.discrete.isEmpty else {
        throw MetricError.noVariable(score: "accuracy", latents: latents.description)
      }
    }
    if scoresDisentanglement && images.factors.isEmpty {
      throw MetricError.noFactors(score: "disentanglement")
    }
  }

  private func options(for stored: StoredModel) -> EvaluationOptions {
    var options = EvaluationOptions()
    options.reconstructionLoss = loss ?? stored.reconstructionLoss
    options.reconstructionScale = stored.reconstructionScale
    options.likelihoodSamples = likelihoodSamples
    options.seed = seed
    options.capacity = stored.capacity
    var protocols = DisentanglementProtocol()
    protocols.seed = seed
    options.disentanglement = scoresDisentanglement ? protocols : nil
    options.threads = threads
    return options
  }
}
