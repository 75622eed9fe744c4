import JointVAEMetrics
import JointVAEPictures
import JointVAE
import JointVAEImages
import JointVAERuns

/// The figure that shows most of a model: originals, their reconstructions, and below them what each of the latents that
/// carry most does.
package struct KeyFigure {
  /// The picture, a row each.
  let image: Image
  /// The latents shown, in the order of their rows.
  let variables: [LatentVariable]
  /// Images in a row.
  let columns: Int
  /// Whether originals and reconstructions stand above.
  let hasOriginals: Bool
  /// What each row shows. The page writes it as text, which stays readable in any size.
  let rowLabels: [String]
  /// The names of c0's categories from left to right; empty where c0 is not shown, or has no names.
  let categoryNames: [String]

  /// Rows of latents.
  private static let rowLimit = 8
  /// Images in a row: as many as categories, as long as they can be seen on a page.
  private static let columnLimit = 12

  /// Draws the figure of `model`.
  ///
  /// - Parameters:
  ///   - kl: what its latents carry.
  ///   - reconstructions: a run's picture, whose upper half holds originals and whose lower half their reconstructions;
  ///     nil when there is none.
  ///   - names: those of the model's categories.
  init(
    of model: JointVAEModel, kl: LatentInformation, reconstructions: Image?,
    names: CategoryNames? = nil
  ) throws {
    let columns = min(LatentTraversal.pointCount(for: model.latents), Self.columnLimit)
    let variables = Array(kl.shown(of: model.latents).prefix(Self.rowLimit))
    let pairs = reconstructions.flatMap { Self.pairs(in: $0, model.imageShape, count: columns) }
    let sweeps = try model.decode(
      LatentTraversal(model.latents).all(variables, count: columns)
    ).images
    image = try Pictures.layout((pairs ?? []) + sweeps, columns: columns)
    rowLabels = (pairs == nil ? [] : ["original", "reconstructed"]) + variables.map(kl.label)
    self.variables = variables
    categoryNames =
      variables.contains(.discrete(0)) ? Array((names?.names ?? []).prefix(columns)) : []
    self.columns = columns
    hasOriginals = pairs != nil
  }

  /// A row of originals and one of their reconstructions; nil when the picture is laid out in another way.
  private static func pairs(in picture: Image, _ shape: ImageShape, count: Int) -> [Image]? {
    let pitch = (x: shape.width + 2, y: shape.height + 2)
    let (across, down) = ((picture.width - 2) / pitch.x, (picture.height - 2) / pitch.y)
    guard across * pitch.x + 2 == picture.width, down * pitch.y + 2 == picture.height,
      across > 0, down > 0, down % 2 == 0
    else { return nil }
    let places = spread(count, over: across * down / 2)
    return [0, down / 2].flatMap { firstRow in
      places.map { place in
        guard let place else {
          return Image(width: shape.width, height: shape.height, channels: picture.channels)
        }
        return picture.part(
          x: 2 + place % across * pitch.x, y: 2 + (firstRow + place / across) * pitch.y,
          width: shape.width, height: shape.height)
      }
    }
  }

  /// `count` different places below `total`, spread so that images sorted by class and images of classes in turn both show
  /// all kinds; nil for those that are too many.
  package static func spread(_ count: Int, over total: Int) -> [Int?] {
    func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
    let least = total / max(1, count) + 1
    let stride = (least..<least + total).first { divisor($0, total) == 1 } ?? 1
    return (0..<count).map { $0 < total ? $0 * stride % total : nil }
  }
}

extension Image {
  /// The part of `width` by `height` pixels whose upper left corner is at `x`, `y`.
  fileprivate func part(x: Int, y: Int, width: Int, height: Int) -> Image {
    let rows = (y..<y + height).map { row in
      let start = (row * self.width + x) * channels
      return pixels[start..<start + width * channels]
    }
    return Image(width: width, height: height, channels: channels, pixels: Array(rows.joined()))
  }
}
