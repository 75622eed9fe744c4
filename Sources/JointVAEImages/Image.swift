import JointVAEFiles

/// A picture of 8-bit values: gray (one channel) or red, green, blue (three), each perhaps with alpha behind it.
///
/// The pixels lie row by row from the top, channels innermost: `[y, x, channel]`, 0 black to 255.
public struct Image: Equatable, Hashable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// 1 for gray, 3 for red, green, blue; 2 and 4 with alpha.
  public let channels: Int
  /// `width * height * channels` values, `[y, x, channel]`.
  public private(set) var pixels: [UInt8]

  /// A picture from its values, `[y, x, channel]`.
  ///
  /// - Precondition: both sizes are positive, `channels` is from 1 to 4, and `pixels` holds
  ///   `width * height * channels` values.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "an image has at least one pixel")
    precondition((1...4).contains(channels), "an image has one to four channels")
    precondition(pixels.count == width * height * channels, "pixels do not fill the image")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// A picture in one gray value, black when none is given.
  public init(width: Int, height: Int, channels: Int = 1, value: UInt8 = 0) {
    self.init(
      width: width, height: height, channels: channels,
      pixels: [UInt8](repeating: value, count: width * height * channels))
  }

  /// A picture from values between 0 and 1, `[y, x, channel]`.
  ///
  /// Each becomes the nearest of 0...255, halves upwards; what lies outside is clamped, and a
  /// value that is not a number becomes 0.
  public init(width: Int, height: Int, channels: Int, values: ArraySlice<Float>) {
    self.init(
      width: width, height: height, channels: channels, pixels: values.map(Image.byte(of:)))
  }

  /// A picture from values between 0 and 1, `[y, x, channel]`, rounded as for a slice.
  public init(width: Int, height: Int, channels: Int, values: [Float]) {
    self.init(width: width, height: height, channels: channels, values: values[...])
  }

  /// One value of one pixel; `x` counts from the left, `y` from the top.
  public subscript(x x: Int, y y: Int, channel channel: Int) -> UInt8 {
    get { pixels[offset(x, y, channel)] }
    set { pixels[offset(x, y, channel)] = newValue }
  }

  /// Lets `body` change the values in place; their number stays.
  public mutating func withUnsafeMutablePixels<Result>(
    _ body: (UnsafeMutableBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try pixels.withUnsafeMutableBufferPointer { try body($0) }
  }

  /// The values of one row.
  var rowLength: Int { width * channels }

  private func offset(_ x: Int, _ y: Int, _ channel: Int) -> Int {
    precondition(
      x >= 0 && x < width && y >= 0 && y < height && channel >= 0 && channel < channels,
      "no such pixel")
    return (y * width + x) * channels + channel
  }

  private static func byte(of value: Float) -> UInt8 {
    // Not a number is not above 0, either.
    value > 0 ? UInt8(min(255, value * 255 + 0.5)) : 0
  }
}

/// Why a picture could not be made from images, in a sentence for the user.
public struct ImageError: DescribedError, Equatable, Sendable {
  /// What went wrong, what was expected and what to do.
  public var description: String

  /// An error in these words.
  public init(_ description: String) {
    self.description = description
  }
}
