import JointVAEFiles

extension TrainingConfiguration {
  /// The model that is trained.
  public var model: ModelVariant {
    get { variant ?? .jointVAE }
    set { variant = newValue == .jointVAE ? nil : newValue }
  }

  /// The capacities that the model has.
  package var capacities: [Capacity] {
    model.capacities.map {
      switch $0 {
      case .continuous: continuousCapacity
      case .discrete: discreteCapacity
      }
    }
  }

  /// The same for another model.
  ///
  /// The latents of other models than JointVAE are continuous alone, as many as the latent vector has numbers, so that the
  /// networks have the same shape. None of them has pairs.
  package func changed(to model: ModelVariant) -> TrainingConfiguration {
    var configuration = self
    configuration.model = model
    guard model != .jointVAE else { return configuration }
    configuration.latents = LatentSpec(continuous: latents.dimension)
    configuration.pairing = nil
    return configuration
  }

  /// - Throws: `ConfigurationError` naming what does not go with the model.
  func validateModel() throws {
    try model.validate()
    let name = model.name.rawValue
    guard model.takesDiscreteLatents || latents.discrete.isEmpty else {
      let others = ModelVariant.Name.allCases.filter { ModelVariant($0).takesDiscreteLatents }
      throw ConfigurationError(
        "discrete latents", "\(latents.discrete)",
        expected: "none with \(name), which is defined for continuous ones; "
          + "discrete ones go with \(NumberText.list(others.map(\.rawValue)))")
    }
    guard pairing == nil || model == .jointVAE else {
      throw ConfigurationError(
        "pairs", "a transformation",
        expected: "none with \(name); pairs go with \(ModelVariant.Name.jointVAE.rawValue)")
    }
    guard batchSize > 1 || !model.comparesImages else {
      throw ConfigurationError(
        "batch size", "\(batchSize)",
        expected: "at least 2 images with \(name), which compares the images of a batch")
    }
  }
}
