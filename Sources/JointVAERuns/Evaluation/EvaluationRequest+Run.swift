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
    let model = stored.model.using(compute)
    var options = try options(for: stored)
    options.protocolImages = try protocolImages(beyond: images, for: stored, from: catalog)
    var evaluation = try model.evaluate(on: images, options: options)
    evaluation.model = path
    evaluation.dataSet = images.name
    evaluation.split = images.part
    return evaluation
  }

  /// A digest of the images that the model at `path` is measured on, for machines to compare.
  /// - Throws: as `EvaluationReport.init`.
  package func imageDigest(of path: String, catalog: DataSetCatalog) throws -> String {
    Fingerprint.of(try images(for: try StoredModel(path), from: catalog))
  }

  private func requireWhatIsAskedFor(of images: LabeledImages, _ latents: LatentSpec) throws {
    if requiresAccuracy {
      guard images.labels != nil else { throw MetricError.noLabels(score: "accuracy") }
      let classes = zip(images.classNames, images.classCounts).filter { $0.1 > 0 }
      if classes.count == 1 {
        throw MetricError.oneClass(score: "accuracy", name: classes[0].0)
      }
      guard !latents.discrete.isEmpty else {
        throw MetricError.noVariable(score: "accuracy", latents: latents.description)
      }
    }
    if families.contains(.disentanglement) && images.factors.isEmpty {
      throw MetricError.noFactors(score: "disentanglement")
    }
    if families.contains(.probes) && images.factors.isEmpty && images.labels == nil {
      throw MetricError.noLabels(score: "probes")
    }
  }

  private func options(for stored: StoredModel) throws -> EvaluationOptions {
    var options = EvaluationOptions()
    options.reconstruction = stored.reconstruction
    options.reconstruction.loss = loss ?? stored.reconstruction.loss
    options.likelihoodSamples = likelihoodSamples
    options.seed = seed
    options.comparesWithKMeans = true
    options.capacity = stored.capacity
    options.merging =
      mergedCategories.map(CategoryMerging.count)
      ?? stored.categoryGroups.map(CategoryMerging.groups)
    options.scores = scores
    for family in ScoreFamily.allCases where families.contains(family) {
      family.add(
        to: &options, seed: seed, threads: compute.threadCount(),
        posterior: family == .samples ? try stored.aggregatePosterior() : nil,
        features: family == .samples
          ? try ClassifierFeatures() : nil)
    }
    return options
  }
}
