/// How an image of features lies in memory: `[y, x, channel]` with a border of one zero pixel all around.
///
/// The border lets a 4x4 convolution with padding 1 read its input without a special case at the edges. Memory may go on
/// below the last row and behind the last column, for kernels that compute several pixels at once; what stands there is
/// zero whenever a plane is read.
public struct Plane: Hashable, Sendable {
  /// Height in pixels, without the border.
  public var height: Int
  /// Width in pixels, without the border.
  public var width: Int
  /// Values a pixel.
  public var channels: Int
  /// Rows there is room for, the border left out: `height` or more.
  public var rows: Int
  /// Columns there is room for, the border left out: `width` or more.
  public var columns: Int

  /// A plane of `height` by `width` pixels of `channels` values, with room for no more.
  public init(height: Int, width: Int, channels: Int) {
    self.init(height: height, width: width, channels: channels, rows: height, columns: width)
  }

  /// A plane of `height` by `width` pixels of `channels` values, with room for `rows` by `columns`.
  public init(height: Int, width: Int, channels: Int, rows: Int, columns: Int) {
    precondition(rows >= height && columns >= width)
    self.height = height
    self.width = width
    self.channels = channels
    self.rows = rows
    self.columns = columns
  }

  /// A plane of `size` by `size` pixels of `channels` values.
  public init(size: Int, channels: Int) {
    self.init(height: size, width: size, channels: channels)
  }

  /// Floats from a pixel to the one below it.
  public var row: Int { (columns + 2) * channels }

  /// Floats of one plane, the border included.
  public var count: Int { (rows + 2) * row }

  /// Pixels, the border left out.
  public var pixelCount: Int { height * width }

  /// Where pixel (y, x) stands; -1, `rows` and `columns` are the border.
  public func offset(y: Int, x: Int) -> Int { (y + 1) * row + (x + 1) * channels }

  /// Writes zeros below the last row and behind the last column, of the part that tiles may have written to.
  ///
  /// - Parameters:
  ///   - plane: the plane's first float.
  ///   - rows: rows that were written.
  ///   - columns: columns that were written.
  func clear(_ plane: UnsafeMutablePointer<Float>, beyondWritten rows: Int, _ columns: Int) {
    if columns > width {
      for y in 0..<height {
        (plane + offset(y: y, x: width)).update(
          repeating: 0, count: (columns - width) * channels)
      }
    }
    for y in height..<max(rows, height) {
      (plane + offset(y: y, x: 0)).update(repeating: 0, count: columns * channels)
    }
  }
}
