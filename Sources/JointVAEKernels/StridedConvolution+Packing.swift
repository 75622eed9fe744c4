import CTiles

extension StridedConvolution {
  /// Blocks that `pack` can be split into: one for each filter tap (ky, kx).
  public static let packingBlocks = 16

  /// Writes the part of `up`'s weights that belongs to filter tap `block`.
  ///
  /// Tap (ty, tx) of phase (py, px) is filter position `ky = 3 - py - 2 ty`, `kx = 3 - px - 2 tx`. For B a multiple of
  /// 32 the result is `[phase][B/32][ty][tx][S][32]`; for images it is `[phase][B][ty][tx][S]`.
  public func pack(
    _ weights: UnsafePointer<Float>, block: Int, to packed: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    let (ky, kx) = (block / 4, block % 4)
    let (py, px) = ((ky + 1) % 2, (kx + 1) % 2)
    let tap = (3 - py - ky) / 2 * 2 + (3 - px - kx) / 2
    let phase = py * 2 + px
    let b = big.channels
    let s = small.channels
    guard b % 32 == 0 else {
      for panel in 0..<s / 32 {
        for channel in 0..<b {
          let source = weights + (panel * patch + block * b + channel) * 32
          let target = packed + ((phase * b + channel) * 4 + tap) * s + panel * 32
          target.update(from: source, count: 32)
        }
      }
      return
    }
    let transpose = instructions.tiles.pointee.transpose
    for smallPanel in 0..<s / 32 {
      let source = weights + (smallPanel * patch + block * b) * 32
      for bigPanel in 0..<b / 32 {
        let target = packed + (((phase * (b / 32) + bigPanel) * 4 + tap) * s + smallPanel * 32) * 32
        for i in stride(from: 0, to: 32, by: 16) {
          for j in stride(from: 0, to: 32, by: 16) {
            transpose(source + (bigPanel * 32 + i) * 32 + j, 32, target + j * 32 + i, 32)
          }
        }
      }
    }
  }
}
