import CTiles

/// A 4x4 convolution of stride 2 and padding 1 between a big plane and a small one of half its size, both ways.
///
/// `down` takes the big plane to the small one: a convolution's forward pass and a transposed convolution's gradient.
/// `up` takes the small plane to the big one: a transposed convolution's forward pass and a convolution's gradient.
/// Both layers share one weight gradient.
///
/// Halves are rounded up. A big plane of odd height or width is taken with one more row or column of zeros behind it;
/// `up` leaves that row or column out again.
///
/// Shape letters: B channels of the big plane, S channels of the small plane, a multiple of 32; p panel of 32 channels.
/// Weights stand as `[S/32][ky][kx][B][32]`, what `down` reads. What `up` reads is packed from that by `pack`.
public struct StridedConvolution: Hashable, Sendable {
  /// The big plane: B channels, a multiple of 32, or 1 to 4 for images.
  public let big: Plane
  /// The small plane: half as high and as wide, rounded up.
  public let small: Plane

  /// A convolution between two planes that have the room that ``room(small:isImage:)`` asks for.
  public init(big: Plane, small: Plane) {
    let room = Self.room(small: small, isImage: big.channels % 32 != 0)
    precondition(small.height == (big.height + 1) / 2 && small.width == (big.width + 1) / 2)
    precondition(small.rows >= room.rows && small.columns >= room.columns)
    precondition(big.rows >= 2 * room.rows && big.columns >= 2 * room.columns)
    precondition(small.channels % 32 == 0 && (big.channels % 32 == 0 || big.channels <= 4))
    self.big = big
    self.small = small
  }

  /// A convolution between `2 size x 2 size x bigChannels` and `size x size x smallChannels`, for a power of two from 4 on.
  public init(size: Int, bigChannels: Int, smallChannels: Int) {
    precondition(size >= 4 && size.nonzeroBitCount == 1)
    self.init(
      big: Plane(size: 2 * size, channels: bigChannels),
      small: Plane(size: size, channels: smallChannels))
  }

  /// Rows and columns of the small plane that the passes may write to, and twice as many of the big one.
  ///
  /// Tiles are 4 pixels in a row, or 2 by 2 or, in planes that are higher, 4 by 4 of Winograd's; those of an image 16
  /// pixels.
  /// - Parameters:
  ///   - small: the small plane; only its height and width count.
  ///   - isImage: whether the big plane is an image.
  public static func room(small: Plane, isImage: Bool) -> (rows: Int, columns: Int) {
    let rows = roundedUp(small.height, to: small.height > 4 ? 4 : 2)
    let columns = roundedUp(small.width, to: 4)
    guard isImage else { return (rows, columns) }
    let dots = DotTiles(small)
    return (max(rows, dots.rows), max(columns, dots.columns))
  }

  static func roundedUp(_ number: Int, to unit: Int) -> Int { (number + unit - 1) / unit * unit }

  /// Weights: 4 * 4 * B * S.
  public var weightCount: Int { 16 * big.channels * small.channels }

  /// Values a small pixel reads of the big plane: 4 * 4 * B.
  var patch: Int { 16 * big.channels }

  /// Where weight (s, b, ky, kx) stands.
  public func weightIndex(small s: Int, big b: Int, ky: Int, kx: Int) -> Int {
    ((s / 32) * patch + (ky * 4 + kx) * big.channels + b) * 32 + s % 32
  }

  /// Multiplications and additions of one direction for one sample.
  public var operationCount: Int { 2 * small.pixelCount * patch * small.channels }
}
