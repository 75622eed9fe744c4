import JointVAEMetrics
import JointVAEPictures
import JointVAE
import JointVAEFiles
import JointVAEImages

/// The picture of a stored model's latents that `traverse` writes: what to show, from where, with what words.
public struct TraversalPicture: Sendable {
  /// What a picture shows.
  public enum Content: Hashable, Sendable {
    /// Every latent, the one that carries most first.
    case all
    /// One latent.
    case line(LatentVariable)
    /// Two latents against each other.
    case grid(rows: LatentVariable, columns: LatentVariable)
  }

  /// What is shown.
  public var content = Content.all
  /// Points from one end of a latent to the other.
  public var pointCount: Int
  /// Pixels a side that each pixel becomes.
  public var scale = 1
  /// Whether each row shows what its latent carries.
  public var showsKL = false
  /// What the latents carry; nil when it is not known.
  public var kl: LatentInformation? { base.information }

  private let stored: StoredModel
  private var base: TraversalBase

  /// A picture of all latents around the prior's center, in the order of what the run measured.
  public init(_ stored: StoredModel) {
    self.stored = stored
    base = TraversalBase(stored)
    pointCount = LatentTraversal.pointCount(for: stored.model.latents)
  }

  /// Measures what the latents carry about some of `images`.
  ///
  /// - Parameters:
  ///   - images: the images to measure on, of the model's shape.
  ///   - index: the image whose code the other latents keep.
  /// - Throws: `ModelError` when the images have another shape than the model's, `ConfigurationError` when there is no such image.
  public mutating func measure(on images: some ImageSource, base index: Int?) throws {
    try base.measure(stored.model, on: images, base: index)
  }

  /// Lets the other latents keep a draw from the prior.
  public mutating func drawBase(seed: UInt64) throws {
    try base.draw(stored.model, seed: seed)
  }

  /// Writes the picture, an animation when `path` ends in `.gif`.
  /// - Throws: `ConfigurationError` for a latent the model does not have, `FileError` when KLs are to be shown and unknown, or
  ///   the file cannot be written.
  public func write(to path: String) throws {
    if showsKL && kl == nil { throw stored.unknownInformation }
    let latents = stored.model.latents
    let sorted = kl?.sorted(latents.variables)
    var variables = sorted ?? latents.variables
    switch content {
    case .all: break
    case .line(let variable):
      try variable.validate(in: latents)
      variables = [variable]
    case .grid(let rows, let columns):
      try rows.validate(in: latents)
      try columns.validate(in: latents)
      try Pictures.grid(
        of: stored.model, rows: rows, columns: columns, from: base.point, count: pointCount,
        scale: scale
      ).writePNG(to: path)
      return
    }
    guard path.lowercased().hasSuffix(".gif") else {
      try Pictures.traversals(
        of: stored.model, variables: variables, from: base.point, count: pointCount,
        kl: showsKL ? kl : nil, scale: scale
      ).writePNG(to: path)
      return
    }
    if content == .all, let kl { variables = kl.shown(of: latents) }
    let sweep = TraversalAnimation(
      stored.model, variables: variables, around: base.point,
      categoryNames: stored.categoryNames?.names ?? [])
    try Animation(try sweep.frames(scale: scale), delay: TraversalAnimation.delay)
      .writeGIF(to: path)
  }
}
