import JointVAE

/// What becomes of an image on its way from its file to the model.
///
/// In this order: cut to the part that shows something, made gray where that is asked for, resized
/// as Pillow's `BILINEAR` does it, turned from dark on white to white on dark.
public struct ImagePreparation: Hashable, Codable, Sendable {
  /// The colors of the prepared images.
  public enum Color: String, CaseIterable, Codable, Sendable {
    /// One channel; colors become their luma (ITU-R BT.601).
    case gray
    /// Three channels, red, green, blue; gray images get three equal ones.
    case rgb
  }

  /// What is done to images of another shape than the prepared ones, such as those that are not square.
  public enum Fit: String, CaseIterable, Codable, Sendable {
    /// The largest part of that shape in the middle is kept.
    case crop
    /// Bars of the border's color give them that shape.
    case pad
    /// They are squeezed.
    case stretch
  }

  /// Whether light and dark are exchanged.
  public enum Inversion: String, CaseIterable, Codable, Sendable {
    /// When a gray set's images have light borders, as ink on paper does.
    case auto
    case on
    case off
  }

  /// What becomes of alpha, by which an image is transparent.
  public enum Alpha: String, CaseIterable, Codable, Sendable {
    /// White shows through, as on a page.
    case white
    /// Black shows through.
    case black
    /// Images have four channels: red, green, blue and alpha.
    case keep
  }

  /// Height and width in pixels; nil for the smaller of 32 and 64 that holds the first image, else
  /// 64.
  public var size: ImageSize?
  /// Nil for what the files are: gray when all of them are.
  public var color: Color?
  /// What is done to images of another shape.
  public var fit: Fit
  /// Whether light and dark are exchanged.
  public var inversion: Inversion
  /// The values in the files that become black and white; nil for what they are by their type and range.
  public var values: ValueRange?
  /// Whether rows and columns are exchanged, as images that lie on their side need it; nil for what is known of the
  /// data set, of which only EMNIST's do.
  public var isTransposed: Bool?

  /// What becomes of alpha; nil for white, which shows through.
  public var alpha: Alpha?

  /// A preparation; the defaults leave all but the size as it is in the files.
  public init(
    size: ImageSize? = nil, color: Color? = nil, fit: Fit = .crop, inversion: Inversion = .auto,
    values: ValueRange? = nil
  ) {
    self.size = size
    self.color = color
    self.fit = fit
    self.inversion = inversion
    self.values = values
  }

  /// The gray that shows through where an image is transparent.
  package var background: UInt8 { alpha == .black ? 0 : 255 }

  /// The colors and the alpha of images for a model of so many channels.
  package mutating func match(channels: Int) {
    color = channels == 1 ? .gray : channels == 3 ? .rgb : nil
    if channels == 4 { alpha = .keep } else if alpha == .keep { alpha = nil }
  }

  /// - Throws: `ConfigurationError` when alpha is to be kept with what has no place for it.
  package func validateAlpha() throws {
    guard alpha == .keep else { return }
    let rival: String? =
      color == .gray
      ? "gray images"
      : values != nil ? "values of black and white" : inversion == .on ? "inversion" : nil
    if let rival {
      throw ConfigurationError("alpha", "keep", expected: "white or black with \(rival)")
    }
  }

  /// The size for images of which one is `width` by `height` pixels.
  func size(for width: Int, _ height: Int) -> ImageSize {
    size ?? (max(width, height) <= 32 ? 32 : 64)
  }
}
