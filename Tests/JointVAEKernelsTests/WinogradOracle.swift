/// Winograd's form of the layers, in plain loops: what docs/engine.md derives, step by step.
///
/// Planes are `[y, x, channel]` without a border. A group is 2 x 2 big pixels, the channel k = (dy,
/// dx, b) of a pixel of the view on which the filter is 2 x 2; there are size + 1 groups in a row,
/// the outermost half beyond the plane.
struct WinogradOracle<Number: BinaryFloatingPoint> {
  let size: Int
  let bigChannels: Int
  let smallChannels: Int
  /// m: small pixels of a tile in either direction, 2 or 4.
  let side: Int
  /// B': m + 1 values to m + 1 points.
  private let patch: [[Number]]
  /// A: m values to m + 1 points.
  private let spread: [[Number]]
  /// G: two taps to m + 1 points.
  private let filter: [[Number]]

  init(size: Int, bigChannels: Int, smallChannels: Int, side: Int = 2) {
    (self.size, self.bigChannels, self.smallChannels) = (size, bigChannels, smallChannels)
    self.side = side
    guard side == 4 else {
      patch = [[1, -1, 0], [0, 1, 0], [0, -1, 1]]
      spread = [[1, 0], [1, 1], [0, 1]]
      filter = spread
      return
    }
    // Interpolation at these points and at infinity.
    let nodes: [Number] = [0.375, -0.375, 1.25, -1.25]
    spread = nodes.map { [1, $0, $0 * $0, $0 * $0 * $0] } + [[0, 0, 0, 1]]
    filter =
      nodes.map { node in
        let divisor = nodes.filter { $0 != node }.reduce(1) { $0 * (node - $1) }
        return [1 / divisor, node / divisor]
      } + [[0, 1]]
    // The polynomial whose zeros are the other nodes, from its constant on; then that of all nodes.
    func polynomial(_ zeros: [Number]) -> [Number] {
      zeros.reduce([1]) { product, zero in
        zip([0] + product, product + [0]).map { $0 - zero * $1 }
      }
    }
    patch =
      nodes.map { node in polynomial(nodes.filter { $0 != node }) + [0] } + [polynomial(nodes)]
  }

  private var groupChannels: Int { 4 * bigChannels }
  private var tiles: Int { size / side }

  /// `left * middle * left'` for `middle` a square matrix as wide as `left`.
  private func sandwich(_ left: [[Number]], _ middle: [[Number]]) -> [[Number]] {
    let half = left.map { row in
      middle[0].indices.map { x in row.indices.reduce(0) { $0 + row[$1] * middle[$1][x] } }
    }
    return half.map { row in
      left.map { other in row.indices.reduce(0) { $0 + row[$1] * other[$1] } }
    }
  }

  private func transposed(_ matrix: [[Number]]) -> [[Number]] {
    matrix[0].indices.map { x in matrix.map { $0[x] } }
  }

  /// Channel k of group (y, x); zero beyond the plane.
  private func group(_ big: [Number], _ y: Int, _ x: Int, _ k: Int) -> Number {
    guard let place = place(y, x, k) else { return 0 }
    return big[place]
  }

  private func place(_ y: Int, _ x: Int, _ k: Int) -> Int? {
    let quarter = k / bigChannels
    let bigY = 2 * y - 1 + quarter / 2
    let bigX = 2 * x - 1 + quarter % 2
    guard (0..<2 * size).contains(bigY), (0..<2 * size).contains(bigX) else { return nil }
    return (bigY * 2 * size + bigX) * bigChannels + k % bigChannels
  }

  /// The points of channel k in tile (i, j) of the big plane.
  private func bigPoints(_ big: [Number], _ i: Int, _ j: Int, _ k: Int) -> [[Number]] {
    let groups = (0...side).map { y in
      (0...side).map { x in group(big, side * i + y, side * j + x, k) }
    }
    return sandwich(patch, groups)
  }

  /// The points of channel s in tile (i, j) of the small plane.
  private func smallPoints(_ small: [Number], _ i: Int, _ j: Int, _ s: Int) -> [[Number]] {
    let pixels = (0..<side).map { y in
      (0..<side).map { x in small[((side * i + y) * size + side * j + x) * smallChannels + s] }
    }
    return sandwich(spread, pixels)
  }

  /// The points of the filter between s and k.
  private func filterPoints(_ w: [Number], _ s: Int, _ k: Int) -> [[Number]] {
    sandwich(filter, (0..<2).map { ty in (0..<2).map { tx in w[tap(s, k, ty, tx)] } })
  }

  private func tap(_ s: Int, _ k: Int, _ ty: Int, _ tx: Int) -> Int {
    let quarter = k / bigChannels
    let filter = s * bigChannels + k % bigChannels
    return (filter * 4 + 2 * ty + quarter / 2) * 4 + 2 * tx + quarter % 2
  }

  private func forEachTile(_ body: (_ i: Int, _ j: Int) -> Void) {
    for i in 0..<tiles { for j in 0..<tiles { body(i, j) } }
  }

  /// Adds up products of points.
  private func accumulate(_ sum: inout [[Number]], _ a: [[Number]], _ b: [[Number]]) {
    for y in 0...side { for x in 0...side { sum[y][x] += a[y][x] * b[y][x] } }
  }

  private var zeroPoints: [[Number]] {
    Array(repeating: Array(repeating: 0, count: side + 1), count: side + 1)
  }

  /// From the big plane to the small one: `A' [sum over k of (G g G') (B' d B)] A`.
  func down(_ big: [Number], _ w: [Number]) -> [Number] {
    var small = [Number](repeating: 0, count: size * size * smallChannels)
    forEachTile { i, j in
      let points = (0..<groupChannels).map { bigPoints(big, i, j, $0) }
      for s in 0..<smallChannels {
        var sum = zeroPoints
        for k in 0..<groupChannels { accumulate(&sum, points[k], filterPoints(w, s, k)) }
        let pixels = sandwich(transposed(spread), sum)
        for y in 0..<side {
          for x in 0..<side {
            small[((side * i + y) * size + side * j + x) * smallChannels + s] = pixels[y][x]
          }
        }
      }
    }
    return small
  }

  /// From the small plane to the big one: `B [sum over s of (G g G') (A y A')] B'`, tiles added
  /// where they overlap.
  func up(_ small: [Number], _ w: [Number]) -> [Number] {
    var big = [Number](repeating: 0, count: 4 * size * size * bigChannels)
    forEachTile { i, j in
      let points = (0..<smallChannels).map { smallPoints(small, i, j, $0) }
      for k in 0..<groupChannels {
        var sum = zeroPoints
        for s in 0..<smallChannels { accumulate(&sum, points[s], filterPoints(w, s, k)) }
        let groups = sandwich(transposed(patch), sum)
        for y in 0...side {
          for x in 0...side {
            guard let place = place(side * i + y, side * j + x, k) else { continue }
            big[place] += groups[y][x]
          }
        }
      }
    }
    return big
  }

  /// By the weights: `G' [sum over tiles of (B' d B) (A y A')] G`.
  func weightGradient(big: [Number], small: [Number]) -> [Number] {
    var gradient = [Number](repeating: 0, count: 16 * bigChannels * smallChannels)
    for k in 0..<groupChannels {
      for s in 0..<smallChannels {
        var sum = zeroPoints
        forEachTile { i, j in
          accumulate(&sum, bigPoints(big, i, j, k), smallPoints(small, i, j, s))
        }
        let taps = sandwich(transposed(filter), sum)
        for ty in 0..<2 { for tx in 0..<2 { gradient[tap(s, k, ty, tx)] = taps[ty][tx] } }
      }
    }
    return gradient
  }
}
