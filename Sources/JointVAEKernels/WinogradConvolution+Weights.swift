import CTiles

extension WinogradConvolution {
  /// Blocks that the transformation of weights can be split into.
  public var weightBlocks: Int { layer.small.channels / 32 * 4 }

  /// Writes the part of what `down` reads, `G g G'`, that belongs to `block`.
  ///
  /// - Parameters:
  ///   - weights: `[S/32][ky][kx][B][32]`.
  ///   - target: `[p][S/32][k][32]`.
  public func transformDownWeights(
    _ weights: UnsafePointer<Float>, block: Int, to target: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    let b = layer.big.channels
    let (smallPanel, quarter) = (block / 4, block % 4)
    var taps = CTilesPoints(
      side: tile.side, input: weights + firstTap(block), inputPixel: 2 * b * 32,
      inputRow: 8 * b * 32, tiles: 1, run: b * 32,
      points: target + (smallPanel * 4 + quarter) * b * 32,
      point: groupChannels * layer.small.channels, tile: 0)
    instructions.tiles.pointee.filterPoints(&taps)
  }

  /// Writes the part of what `up` reads, `G g G'` with inputs and outputs exchanged, that belongs to `block`.
  ///
  /// - Parameters:
  ///   - weights: `[S/32][ky][kx][B][32]`.
  ///   - target: `[p][4B/32][S][32]`.
  public func transformUpWeights(
    _ weights: UnsafePointer<Float>, block: Int, to target: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    let (b, s) = (layer.big.channels, layer.small.channels)
    let (smallPanel, quarter) = (block / 4, block % 4)
    let start = weights + firstTap(block)
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
          points: target + ((quarter * b / 32 + panel) * s + smallPanel * 32) * 32,
          point: groupChannels * s, tile: 0)
        instructions.tiles.pointee.filterPoints(&taps)
      }
    }
  }

  /// Where the first of a block's 2 x 2 taps stands.
  private func firstTap(_ block: Int) -> Int {
    (block / 4 * 16 + block % 4 / 2 * 4 + block % 2) * layer.big.channels * 32
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
