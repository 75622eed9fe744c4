import JointVAE
import JointVAEData
import JointVAEFiles

extension RunConfiguration {
  /// The settings of a new run on `dataSet`, and all images of the data set.
  ///
  /// - Parameter changes: settings other than those of the data set's recipe.
  /// - Throws: `ConfigurationError` for a setting that cannot be; what the catalog throws.
  static func new(
    on dataSet: String, changes: SettingChanges, catalog: DataSetCatalog
  ) throws -> (settings: RunConfiguration, images: LabeledImages) {
    let all = try catalog.load(try changes.request(on: dataSet))
    let held = try (changes.validation ?? .count(0)).imageCount(of: all.count)
    var settings = try changes.newRun(
      on: dataSet, images: all.facts(holdingBack: held))
    settings.images = settings.images.withAbsolutePaths
    return (settings, all)
  }

  /// Parts the images for a new run with these settings, and notes how many there are to learn from and their
  /// checksum, by which they are known again.
  /// - Throws: `ConfigurationError` when nothing is left to learn from, or for epochs of more steps than a
  ///   run may have.
  mutating func takeParts(
    of all: LabeledImages
  ) throws -> (training: LabeledImages, validation: LabeledImages?) {
    let parts = try all.split(validation: images.validation, seed: training.seed)
    images.count = parts.training.count
    images.fingerprint = Fingerprint.of(parts.training)
    images.isInverted = all.preparation?.isInverted
    _ = try training.totalSteps(imageCount: images.count)
    return parts
  }

  /// The images a run learns from, and those it holds back.
  ///
  /// - Parameter path: the run's folder, for errors.
  /// - Throws: `RunFolderError` when they are not those the run was begun with; what the catalog throws.
  package func loadImages(
    from catalog: DataSetCatalog, for path: String
  ) throws -> (training: LabeledImages, validation: LabeledImages?) {
    try parts(of: try catalog.load(images.request), for: path)
  }

  /// Parts all images of the data set into those the run learns from and those it holds back.
  ///
  /// - Parameter path: the run's folder, for errors.
  /// - Throws: `RunFolderError` when they are not those the run was begun with.
  func parts(
    of all: LabeledImages, for path: String
  ) throws -> (training: LabeledImages, validation: LabeledImages?) {
    let parts = try all.split(validation: images.validation, seed: training.seed)
    guard parts.training.imageShape == training.imageShape, parts.training.count == images.count,
      Fingerprint.of(parts.training) == images.fingerprint
    else {
      throw RunFolderError(
        path,
        .hasOtherImages(
          of: images.request.dataSet, count: images.count, shape: "\(training.imageShape)",
          fingerprint: images.fingerprint))
    }
    return parts
  }
}

extension LabeledImages {
  /// What a recipe for these images depends on.
  ///
  /// - Parameter held: images that are not learned from.
  package func facts(holdingBack held: Int = 0) -> ImageFacts {
    let means = channelMeans
    return ImageFacts(
      shape: imageShape, count: count - held, classCount: labels == nil ? nil : classNames.count,
      background: ImageFacts.Background(mean: means.reduce(0, +) / Double(means.count)),
      means: means)
  }

  /// The mean of each channel over up to 1,000 images, spread over the set; 0 black to 1 white.
  private var channelMeans: [Double] {
    var sums = Array(repeating: 0, count: imageShape.channels)
    var pixels = 0
    for index in stride(from: 0, to: count, by: max(1, count / 1_000)) {
      for (place, value) in image(index).enumerated() {
        sums[place % sums.count] += Int(value)
      }
      pixels += imageShape.pixelCount
    }
    return sums.map { pixels == 0 ? 0.5 : Double($0) / Double(pixels) / 255 }
  }
}
