import CTiles

/// A 4x4 convolution of stride 2 and padding 1 between a big plane and a small one of half its size, both ways.
///
/// `down` takes the big plane to the small one: a convolution's forward pass and a transposed convolution's gradient.
/// `up` takes the small plane to the big one: a transposed convolution's forward pass and a convolution's gradient.
/// Both layers share one weight gradient.
///
/// Shape letters: B channels of the big plane, S channels of the small plane, a multiple of 32; p panel of 32 channels.
/// Weights stand as `[S/32][ky][kx][B][32]`, what `down` reads. What `up` reads is packed from that by `pack`.
public struct StridedConvolution: Hashable, Sendable {
  /// The big plane: 2 * size pixels wide, B channels; B is a multiple of 32, or 1 or 3 for images.
  public let big: Plane
  /// The small plane.
  public let small: Plane

  /// A convolution between `2 size x 2 size x bigChannels` and `size x size x smallChannels`.
  public init(size: Int, bigChannels: Int, smallChannels: Int) {
    precondition(size >= 4 && size.nonzeroBitCount == 1)
    precondition(
      smallChannels % 32 == 0 && (bigChannels % 32 == 0 || smallChannels == 32 || bigChannels <= 4))
    big = Plane(size: 2 * size, channels: bigChannels)
    small = Plane(size: size, channels: smallChannels)
  }

  /// Weights: 4 * 4 * B * S.
  public var weightCount: Int { 16 * big.channels * small.channels }

  /// Values a small pixel reads of the big plane: 4 * 4 * B.
  var patch: Int { 16 * big.channels }

  /// Where weight (s, b, ky, kx) stands.
  public func weightIndex(small s: Int, big b: Int, ky: Int, kx: Int) -> Int {
    ((s / 32) * patch + (ky * 4 + kx) * big.channels + b) * 32 + s % 32
  }

  /// Multiplications and additions of one direction for one sample.
  public var operationCount: Int { 2 * small.size * small.size * patch * small.channels }

  /// Calls `body` with the first pixels of each tile of 8: pixels (y, x) to x + 3, and (y2, x2) to x2 + 3.
  func forEachTile(_ body: (_ y: Int, _ x: Int, _ y2: Int, _ x2: Int) -> Void) {
    if small.size == 4 {
      body(0, 0, 1, 0)
      body(2, 0, 3, 0)
    } else {
      for y in 0..<small.size {
        for x in stride(from: 0, to: small.size, by: 8) { body(y, x, y, x + 4) }
      }
    }
  }
}

/// What happens to a sum before it is written.
public enum Epilogue {
  /// Nothing.
  case none
  /// Negative values become 0 (ReLU).
  case rectified
  /// Values become 0 where this, laid out as the output, is not above 0: the gradient of ReLU.
  case masked(by: UnsafePointer<Float>)

  var rectifies: Int { if case .rectified = self { 1 } else { 0 } }
  var mask: UnsafePointer<Float>? { if case .masked(let mask) = self { mask } else { nil } }

  /// The same for an output that starts `count` floats later.
  func advanced(by count: Int) -> Epilogue {
    if case .masked(let mask) = self { .masked(by: mask + count) } else { self }
  }
}
