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

  /// What shows through where an image is transparent.
  public enum Alpha: String, CaseIterable, Codable, Sendable {
    /// White, as on a page.
    case white
    /// Black.
    case black

    /// The gray that shows through.
    package var background: UInt8 { self == .white ? 255 : 0 }
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

  /// What shows through where an image is transparent; nil for white.
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
  package var background: UInt8 { (alpha ?? .white).background }

  /// The size for images of which one is `width` by `height` pixels.
  func size(for width: Int, _ height: Int) -> ImageSize {
    size ?? (max(width, height) <= 32 ? 32 : 64)
  }
}
