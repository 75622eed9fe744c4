/// How a square image of features lies in memory: `[y, x, channel]` with a border of one zero pixel all around.
///
/// The border lets a 4x4 convolution with padding 1 read its input without a special case at the edges.
public struct Plane: Hashable, Sendable {
  /// Height and width without the border, in pixels.
  public var size: Int
  /// Values a pixel.
  public var channels: Int

  /// A plane of `size` by `size` pixels of `channels` values.
  public init(size: Int, channels: Int) {
    self.size = size
    self.channels = channels
  }

  /// Floats from a pixel to the one below it.
  public var row: Int { (size + 2) * channels }

  /// Floats of one plane, the border included.
  public var count: Int { (size + 2) * row }

  /// Where pixel (y, x) stands; -1 and `size` are the border.
  public func offset(y: Int, x: Int) -> Int { (y + 1) * row + (x + 1) * channels }
}
