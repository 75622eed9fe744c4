import JointVAEKernels

/// The layers in Double, as their definitions read: slow, plain and independent of the kernels' layouts.
///
/// Planes are `[y, x, channel]` without a border.
struct ConvolutionOracle {
  let size: Int
  let bigChannels: Int
  let smallChannels: Int

  func weight(_ w: [Double], s: Int, b: Int, ky: Int, kx: Int) -> Double {
    w[((s * bigChannels + b) * 4 + ky) * 4 + kx]
  }

  /// A convolution of stride 2 and padding 1, from the big plane to the small one.
  func down(_ big: [Double], _ w: [Double], bias: [Double]) -> [Double] {
    var small = [Double](repeating: 0, count: size * size * smallChannels)
    forEachPair { y, x, bigY, bigX, ky, kx in
      for s in 0..<smallChannels {
        for b in 0..<bigChannels {
          small[(y * size + x) * smallChannels + s] +=
            big[(bigY * 2 * size + bigX) * bigChannels + b]
            * weight(w, s: s, b: b, ky: ky, kx: kx)
        }
      }
    }
    for i in small.indices { small[i] += bias[i % smallChannels] }
    return small
  }

  /// The transposed convolution, from the small plane to the big one.
  func up(_ small: [Double], _ w: [Double], bias: [Double]) -> [Double] {
    var big = [Double](repeating: 0, count: 4 * size * size * bigChannels)
    forEachPair { y, x, bigY, bigX, ky, kx in
      for s in 0..<smallChannels {
        for b in 0..<bigChannels {
          big[(bigY * 2 * size + bigX) * bigChannels + b] +=
            small[(y * size + x) * smallChannels + s] * weight(w, s: s, b: b, ky: ky, kx: kx)
        }
      }
    }
    for i in big.indices { big[i] += bias[i % bigChannels] }
    return big
  }

  /// The gradient of `sum small * down(big, w)` by the weights.
  func weightGradient(big: [Double], small: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: 16 * bigChannels * smallChannels)
    forEachPair { y, x, bigY, bigX, ky, kx in
      for s in 0..<smallChannels {
        for b in 0..<bigChannels {
          gradient[((s * bigChannels + b) * 4 + ky) * 4 + kx] +=
            big[(bigY * 2 * size + bigX) * bigChannels + b]
            * small[(y * size + x) * smallChannels + s]
        }
      }
    }
    return gradient
  }

  /// Every small pixel with every big pixel its filter covers.
  private func forEachPair(
    _ body: (_ y: Int, _ x: Int, _ bigY: Int, _ bigX: Int, _ ky: Int, _ kx: Int) -> Void
  ) {
    for y in 0..<size {
      for x in 0..<size {
        for ky in 0..<4 where (0..<2 * size).contains(2 * y + ky - 1) {
          for kx in 0..<4 where (0..<2 * size).contains(2 * x + kx - 1) {
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
  for y in 0..<layout.size {
    for i in 0..<layout.size * layout.channels {
      buffer.start[layout.offset(y: y, x: 0) + i] = Float(
        values[y * layout.size * layout.channels + i])
    }
  }
  return buffer
}

/// The values of a plane without its border.
func interior(_ buffer: FloatBuffer, _ layout: Plane, plane index: Int = 0) -> [Double] {
  (0..<layout.size).flatMap { y in
    (0..<layout.size * layout.channels).map {
      Double(buffer.start[index * layout.count + layout.offset(y: y, x: 0) + $0])
    }
  }
}

/// Whether the border of a plane is zero.
func hasZeroBorder(_ buffer: FloatBuffer, _ layout: Plane) -> Bool {
  (-1...layout.size).allSatisfy { y in
    (-1...layout.size).allSatisfy { x in
      let isBorder = y < 0 || x < 0 || y == layout.size || x == layout.size
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
