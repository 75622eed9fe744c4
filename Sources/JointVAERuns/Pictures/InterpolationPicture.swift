import JointVAE
import JointVAEFiles
import JointVAEImages
import JointVAEPictures

/// The picture of the way from one end to another that `interpolate` writes.
public struct InterpolationPicture: Sendable {
  /// Where it begins.
  public let start: InterpolationEnd
  /// Where it ends.
  public let end: InterpolationEnd
  /// Images on the way, both ends included.
  public var count = 10
  /// Pixels a side that each pixel becomes.
  public var scale = 1

  private let stored: StoredModel
  /// The prepared pictures of the ends that are pictures, by their files.
  private let pictures: [String: ImageBatch]

  /// Pictures of an animation, one way.
  private static let frameCount = 30
  /// Hundredths of a second that a frame is shown, and that each end is.
  private static let (delay, endDelay) = (5, 60)

  /// The way from `start` to `end` in a model's latent space.
  ///
  /// - Parameter pictures: the prepared pictures of those ends that are some, in the order of the ends.
  public init(
    _ stored: StoredModel, from start: InterpolationEnd, to end: InterpolationEnd,
    pictures: OwnPictures?
  ) {
    self.stored = stored
    (self.start, self.end) = (start, end)
    var prepared: [String: ImageBatch] = [:]
    for (index, path) in [start, end].compactMap(\.path).enumerated() {
      guard let pictures, index < pictures.images.count else { continue }
      let length = pictures.images.shape.valueCount
      prepared[path] = ImageBatch(
        shape: pictures.images.shape,
        values: Array(pictures.images.values[index * length..<(index + 1) * length]))
    }
    self.pictures = prepared
  }

  /// Writes the picture: a row of images, above it the pictures that it begins and ends with. A path that ends in `.gif`
  /// gets an animation, there and back.
  /// - Throws: `ConfigurationError` for fewer than two images, or more than there is room for; `FileError` when the file
  ///   cannot be written.
  public func write(to path: String) throws {
    let model = stored.model
    let isMoving = path.lowercased().hasSuffix(".gif")
    guard count >= 2 else {
      throw ConfigurationError("count", "\(count)", expected: "at least 2, the two ends")
    }
    let count = isMoving ? max(count, Self.frameCount) : count
    let codes = try code(of: start).interpolated(to: code(of: end), count: count)
    guard isMoving else {
      try Pictures.interpolation(
        of: model, codes, between: picture(of: start), picture(of: end), scale: scale
      ).writePNG(to: path)
      return
    }
    let images = try Pictures.frames(of: model, codes, scale: scale)
    var frames = images.map { Animation.Frame(image: $0, delay: Self.delay) }
    frames += frames.dropFirst().dropLast().reversed()
    frames[0].delay = Self.endDelay
    frames[count - 1].delay = Self.endDelay
    try Animation(frames: frames).writeGIF(to: path)
  }

  private func code(of end: InterpolationEnd) throws -> LatentCode {
    if let picture = picture(of: end) { return try stored.model.encode(picture).code(of: 0) }
    guard case .category(let index) = end else { return LatentCode(stored.model.latents) }
    return try LatentCode(stored.model.latents).fixing([.category(index)])
  }

  private func picture(of end: InterpolationEnd) -> ImageBatch? {
    end.path.flatMap { pictures[$0] }
  }
}

extension InterpolationEnd {
  /// The file of a picture.
  package var path: String? { if case .picture(let path) = self { path } else { nil } }
}
