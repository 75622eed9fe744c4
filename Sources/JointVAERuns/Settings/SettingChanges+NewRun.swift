import JointVAE
import JointVAEData

extension SettingChanges {
  /// The images of a new run: in the size of its recipe, with these changes.
  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func request(on dataSet: String) throws -> DataSetRequest {
    let recipe = try Recipe.choose(self.recipe, dataSet: dataSet)
    let size = self.imageSize ?? (recipe.takesSizeOfFiles ? nil : recipe.imageSize)
    return try applied(to: DataSetRequest(dataSet, path: self.dataPath, imageSize: size))
  }

  /// The settings of a new run: those of the recipe, stretched to the run's length, with these changes.
  ///
  /// - Parameters:
  ///   - dataSet: the name of a data set, or its path.
  ///   - images: what is known of the images, once they are read; without their number the steps of epochs are not known.
  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func newRun(
    on dataSet: String, images: ImageFacts? = nil
  ) throws -> RunConfiguration {
    var recipe = try Recipe.choose(self.recipe, dataSet: dataSet, images: images)
    if recipe.followsPixels, let size = self.imageSize { recipe = recipe.sized(size) }
    if let count = images?.count { recipe = recipe.suited(toImages: count) }
    let channels = images?.shape.channels ?? 1
    let run = try newRun(of: recipe, on: dataSet, channels: channels)
    switch (length, images?.count) {
    case (.steps(let steps), _):
      return try newRun(of: recipe.lasting(steps), on: dataSet, channels: channels)
    case (.epochs, let imageCount?):
      let steps = try run.training.totalSteps(imageCount: imageCount)
      return try newRun(of: recipe.lasting(steps), on: dataSet, channels: channels)
    case (nil, _), (.epochs, nil): return run
    }
  }

  /// These changes, with the recipe's continuous latents where the user gives discrete ones alone to a model that has
  /// continuous ones in place of the recipe's discrete ones.
  private func ofModel(with recipe: Recipe) -> SettingChanges {
    guard let discrete = self.discrete, !discrete.isEmpty, self.continuous == nil,
      let model = self.model, model != recipe.model.name
    else { return self }
    var changes = self
    changes.continuous = recipe.latents.continuous
    return changes
  }

  private func newRun(
    of recipe: Recipe, on dataSet: String, channels: Int
  ) throws -> RunConfiguration {
    let shape = ImageShape(size: recipe.imageSize, channels: channels)
    let request = DataSetRequest(dataSet, path: self.dataPath, imageSize: recipe.imageSize)
    var base = RunConfiguration(
      training: recipe.configuration(imageShape: shape), images: ImagesReference(request),
      recipe: recipe.name)
    // Where c may say all it can, it may with other categories, too.
    if let discrete = self.discrete,
      recipe.discreteCapacity.maximum == recipe.latents.largestDiscreteKL
    {
      base.training.discreteCapacity.maximum =
        LatentSpec(continuous: 0, discrete: discrete).largestDiscreteKL
    }
    return try ofModel(with: recipe).applied(to: base)
  }
}
