import JointVAE
import JointVAEImages

extension Pictures {
  /// A row of the images of codes. Above its ends stand the pictures that the codes come from, where there are some.
  ///
  /// - Parameters:
  ///   - model: the model to draw with.
  ///   - codes: from left to right, such as `LatentCode.interpolated(to:count:)` gives.
  ///   - start: the picture above the first image; nil for none.
  ///   - end: the picture above the last one; nil for none.
  ///   - scale: pixels a side that each pixel becomes.
  /// - Throws: `ConfigurationError` for more images than there is room for; `ModelError` for codes of another model;
  ///   `ImageError` for pictures of another shape, or no codes.
  public static func interpolation(
    of model: JointVAEModel, _ codes: [LatentCode], between start: ImageBatch? = nil,
    _ end: ImageBatch? = nil, scale: Int = 1
  ) throws -> Image {
    try requireRoom(multiplying: 2, by: codes.count, model.imageShape)
    var tiles: [Image] = []
    if start != nil || end != nil {
      let shape = model.imageShape
      let black = Image(width: shape.width, height: shape.height, channels: shape.channels)
      tiles = Array(repeating: black, count: codes.count)
      if let picture = start?.images.first, !tiles.isEmpty { tiles[0] = picture }
      if let picture = end?.images.first, !tiles.isEmpty { tiles[tiles.count - 1] = picture }
    }
    return try layout(tiles + model.decode(codes).images, columns: codes.count, scale: scale)
  }

  /// The image of each code as a picture of its own, for an animation.
  ///
  /// - Parameters:
  ///   - model: the model to draw with.
  ///   - codes: in the order of the frames.
  ///   - scale: pixels a side that each pixel becomes.
  /// - Throws: `ConfigurationError` for more images than there is room for; `ModelError` for codes of another model.
  public static func frames(
    of model: JointVAEModel, _ codes: [LatentCode], scale: Int = 1
  ) throws -> [Image] {
    let (pixels, overflow) = scale.multipliedReportingOverflow(by: scale)
    try requireRoom(multiplying: codes.count, by: overflow ? .max : pixels, model.imageShape)
    return try model.decode(codes).images.map { try layout([$0], columns: 1, scale: scale) }
  }
}
