import JointVAEKernels

/// The layers in Double, as their definitions read: slow, plain and independent of the kernels' layouts.
///
/// Planes are `[y, x, channel]` without a border.
struct ConvolutionOracle {
  /// Height and width of the big plane.
  let big: (height: Int, width: Int)
  let bigChannels: Int
  let smallChannels: Int

  /// Height and width of the small plane: halves, rounded up.
  var small: (height: Int, width: Int) { ((big.height + 1) / 2, (big.width + 1) / 2) }

  init(big: (height: Int, width: Int), bigChannels: Int, smallChannels: Int) {
    self.big = big
    self.bigChannels = bigChannels
    self.smallChannels = smallChannels
  }

  init(size: Int, bigChannels: Int, smallChannels: Int) {
    self.init(big: (2 * size, 2 * size), bigChannels: bigChannels, smallChannels: smallChannels)
  }

  func weight(_ w: [Double], s: Int, b: Int, ky: Int, kx: Int) -> Double {
    w[((s * bigChannels + b) * 4 + ky) * 4 + kx]
  }

  /// A convolution of stride 2 and padding 1, from the big plane to the small one.
  func down(_ input: [Double], _ w: [Double], bias: [Double]) -> [Double] {
    var output = [Double](repeating: 0, count: small.height * small.width * smallChannels)
    forEachPair { y, x, bigY, bigX, ky, kx in
      for s in 0..<smallChannels {
        for b in 0..<bigChannels {
          output[(y * small.width + x) * smallChannels + s] +=
            input[(bigY * big.width + bigX) * bigChannels + b]
            * weight(w, s: s, b: b, ky: ky, kx: kx)
        }
      }
    }
    for i in output.indices { output[i] += bias[i % smallChannels] }
    return output
  }

  /// The transposed convolution, from the small plane to the big one.
  func up(_ input: [Double], _ w: [Double], bias: [Double]) -> [Double] {
    var output = [Double](repeating: 0, count: big.height * big.width * bigChannels)
    forEachPair { y, x, bigY, bigX, ky, kx in
      for s in 0..<smallChannels {
        for b in 0..<bigChannels {
          output[(bigY * big.width + bigX) * bigChannels + b] +=
            input[(y * small.width + x) * smallChannels + s] * weight(w, s: s, b: b, ky: ky, kx: kx)
        }
      }
    }
    for i in output.indices { output[i] += bias[i % bigChannels] }
    return output
  }

  /// The gradient of `sum small * down(big, w)` by the weights.
  func weightGradient(big bigs: [Double], small smalls: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: 16 * bigChannels * smallChannels)
    forEachPair { y, x, bigY, bigX, ky, kx in
      for s in 0..<smallChannels {
        for b in 0..<bigChannels {
          gradient[((s * bigChannels + b) * 4 + ky) * 4 + kx] +=
            bigs[(bigY * big.width + bigX) * bigChannels + b]
            * smalls[(y * small.width + x) * smallChannels + s]
        }
      }
    }
    return gradient
  }

  /// Every small pixel with every big pixel its filter covers.
  private func forEachPair(
    _ body: (_ y: Int, _ x: Int, _ bigY: Int, _ bigX: Int, _ ky: Int, _ kx: Int) -> Void
  ) {
    for y in 0..<small.height {
      for x in 0..<small.width {
        for ky in 0..<4 where (0..<big.height).contains(2 * y + ky - 1) {
          for kx in 0..<4 where (0..<big.width).contains(2 * x + kx - 1) {
            body(y, x, 2 * y + ky - 1, 2 * x + kx - 1, ky, kx)
          }
        }
      }
    }
  }
}

/// Numbers from -1 to 1 that float32 holds exactly.
func randomNumbers(_ count: Int, seed: UInt64) -> [Double] {
  let random = Philox(seed: seed)
  return (0..<count).map {
    Double(Philox.uniform(random.words(SIMD4(UInt32($0), 1, 2, 3))[0])) * 2 - 1
  }
}

/// A plane with its border from values without.
func plane(_ values: [Double], _ layout: Plane) -> FloatBuffer {
  let buffer = FloatBuffer(count: layout.count)
  for y in 0..<layout.height {
    for i in 0..<layout.width * layout.channels {
      buffer.start[layout.offset(y: y, x: 0) + i] = Float(
        values[y * layout.width * layout.channels + i])
    }
  }
  return buffer
}

/// The values of a plane without its border.
func interior(_ buffer: FloatBuffer, _ layout: Plane, plane index: Int = 0) -> [Double] {
  (0..<layout.height).flatMap { y in
    (0..<layout.width * layout.channels).map {
      Double(buffer.start[index * layout.count + layout.offset(y: y, x: 0) + $0])
    }
  }
}

/// Whether the border of a plane is zero, and all that lies below and behind the plane.
func hasZeroBorder(_ buffer: FloatBuffer, _ layout: Plane) -> Bool {
  (-1...layout.rows).allSatisfy { y in
    (-1...layout.columns).allSatisfy { x in
      let isBorder = y < 0 || x < 0 || y >= layout.height || x >= layout.width
      return !isBorder
        || (0..<layout.channels).allSatisfy { buffer.start[layout.offset(y: y, x: x) + $0] == 0 }
    }
  }
}

/// `||a - b|| / ||b||`.
func relativeError(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let difference = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  return (difference / max(b.reduce(0) { $0 + $1 * $1 }, .leastNormalMagnitude)).squareRoot()
}

/// The inner product.
func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

extension StridedConvolution {
  /// A convolution of a big plane of any size, in planes with just the room it asks for.
  init(big: (height: Int, width: Int), bigChannels: Int, smallChannels: Int) {
    var bigPlane = Plane(height: big.height, width: big.width, channels: bigChannels)
    var smallPlane = Plane(
      height: (big.height + 1) / 2, width: (big.width + 1) / 2, channels: smallChannels)
    let room = Self.room(small: smallPlane, isImage: bigChannels % 32 != 0)
    (smallPlane.rows, smallPlane.columns) = (room.rows, room.columns)
    (bigPlane.rows, bigPlane.columns) = (2 * room.rows, 2 * room.columns)
    self.init(big: bigPlane, small: smallPlane)
  }
}
