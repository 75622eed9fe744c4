import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages

/// Pictures of a user's own, prepared as the images that a model learned from were.
public struct OwnPictures: Sendable {
  /// The pictures in the model's shape, in the order of their files.
  public private(set) var images: ImageBatch
  /// The files whose light and dark were exchanged.
  public private(set) var inverted: [String] = []
  /// Whether they were exchanged because those of the model's own images were; else because borders are light, or on
  /// request.
  public let invertsAsTrained: Bool
  /// The files whose borders are light and were left so, for which a model of light on dark has no use.
  public private(set) var light: [String] = []

  /// The settings that change how a picture is prepared; others choose images of a data set.
  package static let settings = ["fit", "invert", "values", "alpha"]
  /// Pictures beyond which a call is taken for a slip.
  private static let limit = 10_000

  fileprivate init(
    at paths: [String], for shape: ImageShape, _ preparation: ImagePreparation,
    invertsAsTrained: Bool
  ) throws {
    guard paths.count <= Self.limit else {
      throw ConfigurationError("pictures", "\(paths.count)", expected: "at most \(Self.limit)")
    }
    var values: [Float] = []
    self.invertsAsTrained = invertsAsTrained
    for path in paths {
      // One at a time: a file of a few bytes may ask for a gigabyte.
      let image = try Self.image(at: path, preparation)
      let (batch, border, isInverted) = preparation.prepared([image], for: shape)
      values += batch.values
      if isInverted, !inverted.contains(path) { inverted.append(path) }
      if border == .light, !isInverted, !light.contains(path) { light.append(path) }
    }
    images = ImageBatch(shape: shape, values: values)
  }

  private static func image(at path: String, _ preparation: ImagePreparation) throws -> Image {
    let bytes = try BoundedFile.read(path, limit: ImageLimits.standard.maximumByteCount)
    do {
      return try DecodedImage(
        encoded: bytes, name: path, background: preparation.background,
        spread: preparation.values.map { $0.minimum...$0.maximum },
        keepsAlpha: preparation.alpha == .keep
      ).image
    } catch let beyond as SamplesBeyondRange {
      throw FileError(
        path,
        "holds values from \(beyond.samples.least) to \(beyond.samples.most), beyond the range that was given",
        remedy: .giveValues)
    }
  }
}

extension StoredModel {
  /// Pictures in files, prepared as the images that the model learned from: cut, colors, size, light and dark.
  ///
  /// A model that does not hold the settings of its run gets the defaults of `ImagePreparation`, by which each picture
  /// with light borders has light and dark exchanged.
  ///
  /// - Parameters:
  ///   - paths: files of images, of any size and any format that is read; of a GIF the first frame counts.
  ///   - changes: settings in place of the run's: `fit`, `inversion`, `values` and `alpha`.
  /// - Throws: `FileError` for a file that is missing, damaged or no image; `ConfigurationError` for a setting.
  public func pictures(
    at paths: [String], changes: SettingChanges = SettingChanges()
  ) throws -> OwnPictures {
    let isInverted = configuration?.images.isInverted
    var request = configuration?.images.request ?? DataSetRequest("")
    if let isInverted { request.preparation.inversion = isInverted ? .on : .off }
    request = try changes.applied(to: request)
    if model.imageShape.channels == 4 { request.preparation.match(channels: 4) }
    try request.preparation.values?.validate()
    try request.preparation.validateAlpha()
    return try OwnPictures(
      at: paths, for: model.imageShape, request.preparation,
      invertsAsTrained: isInverted == true && changes.inversion == nil)
  }
}
