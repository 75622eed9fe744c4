import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages

/// The images of a data set that a page holds: one picture of all of them, and what is known of each.
struct ExplorerImages: Encodable {
  let name: String
  let part: String
  let count: Int
  /// Images of the data set, of which these are some.
  let total: Int
  let height: Int
  let width: Int
  let channels: Int
  /// Images in a row of the picture.
  let columns: Int
  /// Each image's class, an index of `classes`; empty where they are not known.
  let labels: [Int]
  let classes: [String]

  /// All images in a PNG file.
  let picture: [UInt8]

  private enum CodingKeys: CodingKey {
    case name, part, count, total, height, width, channels, columns, labels, classes
  }

  /// `count` images of a data set, chosen by `seed`.
  /// - Throws: `ImageError` when the picture cannot be written.
  init(_ images: LabeledImages, count: Int, seed: UInt64) throws {
    let chosen = try images.count > count ? images.shuffled(seed: seed).limited(to: count) : images
    let shape = chosen.imageShape
    name = images.name
    part = images.part
    total = images.count
    self.count = chosen.count
    (height, width, channels) = (shape.height, shape.width, shape.channels)
    columns = min(chosen.count, Self.mostColumns)
    labels = chosen.labels ?? []
    classes = chosen.classNames
    picture = try Self.mosaic(of: chosen, columns: columns).pngBytes()
  }

  private static let mostColumns = 40

  private static func mosaic(of images: LabeledImages, columns: Int) -> Image {
    let shape = images.imageShape
    let rows = (images.count + columns - 1) / columns
    var mosaic = Image(
      width: columns * shape.width, height: rows * shape.height, channels: shape.channels)
    let length = shape.width * shape.channels
    let rowLength = columns * length
    mosaic.withUnsafeMutablePixels { pixels in
      for index in 0..<images.count {
        let image = images.image(index)
        let corner = index / columns * shape.height * rowLength + index % columns * length
        for y in 0..<shape.height {
          for x in 0..<length { pixels[corner + y * rowLength + x] = image[y * length + x] }
        }
      }
    }
    return mosaic
  }
}
