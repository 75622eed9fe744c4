import JointVAE
import JointVAEFiles
import JointVAEImages
import JointVAEMetrics
import JointVAEPictures

/// What the latents of several models do, side by side in one picture: a block a model, under its name, with a row a latent.
///
/// Every block has the latents that carry most, the first at the top, and as many points in a row.
public struct SideBySideTraversals: Sendable {
  /// Points from one end of a latent to the other, the same for all models.
  public var pointCount: Int
  /// Pixels a side that each pixel becomes.
  public var scale = 1
  /// Whether each row shows what its latent carries; else the latent's name.
  public var showsKL = false
  /// Rows of a block at most.
  public var rowLimit = 10

  private let models: [StoredModel]
  private var bases: [TraversalBase]

  /// Models in a picture.
  public static let countLimit = 64
  /// Blocks in a row.
  public static let columnLimit = 4

  /// A picture of these models.
  ///
  /// - Parameter models: at least one, with images of one shape.
  /// - Throws: `ConfigurationError` for no or too many models, `FileError` for a model of other images than the first.
  public init(_ models: [StoredModel]) throws {
    guard let first = models.first, models.count <= Self.countLimit else {
      throw ConfigurationError(
        "models", "\(models.count)", expected: "from 1 to \(Self.countLimit) of them")
    }
    for stored in models where stored.model.imageShape != first.model.imageShape {
      throw FileError(
        stored.path,
        "is a model of images of \(stored.model.imageShape); expected \(first.model.imageShape), as \(first.path) has"
      )
    }
    self.models = models
    bases = models.map(TraversalBase.init)
    pointCount = models.map { LatentTraversal.pointCount(for: $0.model.latents) }.max() ?? 1
  }

  /// Measures what the latents of every model carry about some of `images`.
  ///
  /// - Parameters:
  ///   - images: the images to measure on, of the models' shape.
  ///   - index: the image whose code the other latents keep in every block; nil to leave them at the prior's center.
  /// - Throws: `ModelError` when the images have another shape than the models', `ConfigurationError` when there is no such image.
  public mutating func measure(on images: some ImageSource, base index: Int?) throws {
    for place in models.indices {
      try bases[place].measure(models[place].model, on: images, base: index)
    }
  }

  /// Blocks in a row: rows of blocks are as even as can be.
  public var columns: Int {
    let rows = (models.count + Self.columnLimit - 1) / Self.columnLimit
    return (models.count + rows - 1) / rows
  }

  /// What stands above each block: the name of the model, such as `beta-vae`, where they all differ in it, else that of its
  /// folder or file, and its path where these do not differ.
  public var titles: [String] {
    func unlessEqual(_ names: [String]) -> [String]? {
      Set(names).count == names.count ? names : nil
    }
    let variants = models.compactMap {
      $0.configuration?.training.model.name.rawValue
    }
    return (variants.count == models.count ? unlessEqual(variants) : nil)
      ?? unlessEqual(models.map { RunFolder.name(for: $0.path) }) ?? models.map(\.path)
  }

  /// The picture.
  /// - Throws: `FileError` when what latents carry is to be shown and unknown; `ConfigurationError` or `ImageError` for a picture
  ///   that would be too large.
  public func picture() throws -> Image {
    let blocks = try models.indices.map { place in
      let (stored, kl) = (models[place], bases[place].information)
      if showsKL && kl == nil { throw stored.unknownInformation }
      let latents = stored.model.latents
      let variables = Array((kl?.sorted(latents.variables) ?? latents.variables).prefix(rowLimit))
      return TitledPictures.Block(
        title: titles[place],
        picture: try Pictures.traversals(
          of: stored.model, variables: variables, from: bases[place].point, count: pointCount,
          rowLabels: variables.map { variable in
            showsKL ? kl?.label(variable) ?? variable.description : variable.description
          }, scale: scale))
    }
    return try TitledPictures(columns: columns, letterScale: max(1, (scale + 1) / 2))
      .picture(of: blocks)
  }

  /// Writes the picture to a PNG file.
  /// - Throws: as `picture()`; `FileError` when the file cannot be written.
  public func write(to path: String) throws { try picture().writePNG(to: path) }
}
