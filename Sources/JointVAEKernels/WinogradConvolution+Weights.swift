import CTiles

extension WinogradConvolution {
  /// Blocks that `transformWeights` can be split into.
  public var weightBlocks: Int { layer.small.channels / 32 * 4 }

  /// Writes the part of the transformed weights, `G g G'`, that belongs to `block`.
  ///
  /// - Parameters:
  ///   - weights: `[S/32][ky][kx][B][32]`.
  ///   - down: `[p][S/32][k][32]`, what `down` reads.
  ///   - up: `[p][4B/32][S][32]`, what `up` reads, or nil.
  public func transformWeights(
    _ weights: UnsafePointer<Float>, block: Int, down: UnsafeMutablePointer<Float>,
    up: UnsafeMutablePointer<Float>?, on instructions: InstructionSet
  ) {
    let (b, s) = (layer.big.channels, layer.small.channels)
    let (smallPanel, quarter) = (block / 4, block % 4)
    let start = down + (smallPanel * 4 + quarter) * b * 32
    let point = groupChannels * s
    // G is A: taps of the filter are transformed as pixels of a small plane are.
    var tile = CTilesPoints(
      input: weights + (smallPanel * 16 + quarter / 2 * 4 + quarter % 2) * b * 32,
      inputPixel: 2 * b * 32, inputRow: 8 * b * 32, tiles: 1, run: b * 32, points: start,
      point: point, tile: 0)
    instructions.tiles.pointee.pixelPoints(&tile)
    guard let up else { return }
    let transpose = instructions.tiles.pointee.transpose
    for p in 0..<Self.points {
      for panel in 0..<b / 32 {
        let source = start + p * point + panel * 32 * 32
        let target = up + p * point + ((quarter * b / 32 + panel) * s + smallPanel * 32) * 32
        for i in stride(from: 0, to: 32, by: 16) {
          for j in stride(from: 0, to: 32, by: 16) {
            transpose(source + i * 32 + j, 32, target + j * 32 + i, 32)
          }
        }
      }
    }
  }
}
