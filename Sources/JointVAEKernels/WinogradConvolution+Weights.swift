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
    let point = groupChannels * s
    let start = weights + (smallPanel * 16 + quarter / 2 * 4 + quarter % 2) * b * 32
    var taps = CTilesPoints(
      side: tile.side, input: start, inputPixel: 2 * b * 32, inputRow: 8 * b * 32, tiles: 1,
      run: b * 32, points: down + (smallPanel * 4 + quarter) * b * 32, point: point, tile: 0)
    instructions.tiles.pointee.filterPoints(&taps)
    guard let up else { return }
    // The four taps are transposed, not the points, of which there are more.
    withUnsafeTemporaryAllocation(
      byteCount: 4 * 1024 * MemoryLayout<Float>.stride, alignment: 64
    ) { memory in
      guard let transposed = memory.bindMemory(to: Float.self).baseAddress else { return }
      for panel in 0..<b / 32 {
        for tap in 0..<4 {
          transpose32(
            start + (tap / 2 * 8 + tap % 2 * 2) * b * 32 + panel * 1024,
            to: transposed + tap * 1024, on: instructions)
        }
        var taps = CTilesPoints(
          side: tile.side, input: transposed, inputPixel: 1024, inputRow: 2048, tiles: 1, run: 1024,
          points: up + ((quarter * b / 32 + panel) * s + smallPanel * 32) * 32, point: point,
          tile: 0)
        instructions.tiles.pointee.filterPoints(&taps)
      }
    }
  }

  /// Exchanges rows and columns of 32 x 32 neighboring floats.
  private func transpose32(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    let transpose = instructions.tiles.pointee.transpose
    for i in stride(from: 0, to: 32, by: 16) {
      for j in stride(from: 0, to: 32, by: 16) {
        transpose(source + i * 32 + j, 32, target + j * 32 + i, 32)
      }
    }
  }
}
