import JointVAE
import JointVAEData
import JointVAEImages

extension StoredModel {
  /// The data set it was trained on, where a run or a specs.json names it.
  public var dataSet: String? { configuration?.images.request.dataSet ?? reference?.dataSet }

  /// The recipe its settings came from, where a run or a specs.json names it.
  public var recipe: String? { configuration?.recipe ?? reference?.recipe?.name }

  /// How its reconstructions were measured in training; as in the paper where nothing is known of it. A loss that was
  /// learned is given with its alpha and c.
  public var reconstruction: ReconstructionMeasure {
    var measure = configuration?.training.reconstruction ?? ReconstructionMeasure()
    if let learned = model.learnedLoss { measure.loss = .robustLikelihood(learned) }
    return measure
  }

  /// What its latents may carry at the end of training, `C_z + C_c` in nats; nil where it is not known.
  public var capacity: Double? {
    let (continuous, discrete) =
      configuration.map { run in
        let kinds = run.training.model.capacities
        return (
          kinds.contains(.continuous) ? run.training.continuousCapacity : nil,
          kinds.contains(.discrete) ? run.training.discreteCapacity : nil
        )
      }
      ?? (reference?.continuousCapacity, reference?.discreteCapacity)
    guard continuous != nil || discrete != nil else { return nil }
    let latents = model.latents
    if configuration?.training.model == .cciVAE { return continuous?.final }
    return (latents.continuous > 0 ? continuous?.final ?? 0 : 0)
      + min(discrete?.final ?? 0, latents.largestDiscreteKL)
  }
}

extension StoredModel {
  /// Images in memory, prepared as those that the model learned from: cut, colors, size, light and dark.
  ///
  /// A model whose file does not hold the settings of its run gets the defaults of `ImagePreparation`.
  /// - Parameter images: of any sizes, such as `Image(encoded:name:)` decodes.
  public func prepare(_ images: [Image]) -> ImageBatch {
    var preparation = configuration?.images.request.preparation ?? ImagePreparation()
    if let isInverted = configuration?.images.isInverted {
      preparation.inversion = isInverted ? .on : .off
    }
    return preparation.prepare(images, for: model.imageShape)
  }
}
