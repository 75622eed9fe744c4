import JointVAE
import JointVAEData
import JointVAEImages

extension Pictures {
  /// Some images of a data set: a row for each class, or rows from its beginning to its end where there are no classes.
  ///
  /// - Throws: `ConfigurationError` for more images than there is room for.
  public static func contactSheet(
    of images: LabeledImages, columns: Int = 10, scale: Int = 1
  ) throws -> Image {
    let rows = images.labels == nil ? 8 : images.classNames.count
    try requireRoom(multiplying: rows, by: columns, images.imageShape)
    guard let labels = images.labels else {
      let batch = ImageBatch(evenlyFrom: images, count: columns * rows)
      return try layout(batch.images, columns: min(columns, batch.count), scale: scale)
    }
    var firsts = Array(repeating: [Int](), count: images.classNames.count)
    for (index, label) in labels.enumerated() where firsts[label].count < columns {
      firsts[label].append(index)
    }
    let shape = images.imageShape
    let black = Image(width: shape.width, height: shape.height, channels: shape.channels)
    let tiles = firsts.flatMap { row in
      let tiles = ImageBatch(images, at: row[...]).images
      return tiles + Array(repeating: black, count: columns - tiles.count)
    }
    return try layout(tiles, columns: columns, scale: scale, rowLabels: images.classNames)
  }
}
