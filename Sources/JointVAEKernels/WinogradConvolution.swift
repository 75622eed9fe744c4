import CTiles

/// A `StridedConvolution` computed with fewer multiplications than the plain sum has: Winograd's
/// F(2x2, 2x2), with 9 for 16, or F(4x4, 2x2), with 25 for 64.
///
/// Groups of 2 x 2 big pixels are taken for one pixel of 4B channels; on that view the filter is 2
/// x 2 with stride 1. A tile is m x m small pixels and the (m + 1) x (m + 1) such groups they see,
/// which overlap by one with the next tile's. Both sides are transformed to (m + 1)^2 points a
/// tile, where the convolution is a matrix product for each point. docs/engine.md derives it;
/// `WinogradOracle` in the tests is the same in plain loops.
///
/// Shape letters as in `StridedConvolution`, and m side of a tile, p point, k = (dy, dx, b) channel
/// of a group of big pixels, t tile.
public struct WinogradConvolution: Hashable, Sendable {
  /// What is computed.
  public let layer: StridedConvolution
  /// How many small pixels a tile has in either direction.
  package let tile: WinogradTile
  /// Tiles in a row of the plane.
  let tilesAcross: Int
  /// Rows of tiles.
  let tilesDown: Int
  /// Tiles that are transformed together, so that their points stay in the cache.
  let blockTiles: Int

  /// The layer in another way. nil for images, whose few channels do not fill a vector, and for
  /// planes without room for the tiles.
  public init?(_ layer: StridedConvolution, tile: WinogradTile = .two) {
    guard layer.big.channels % 32 == 0 else { return nil }
    self.layer = layer
    self.tile = tile
    tilesAcross = tile.count(along: layer.small.width)
    tilesDown = tile.count(along: layer.small.height)
    guard
      tilesAcross * tile.side <= layer.small.columns, tilesDown * tile.side <= layer.small.rows
    else { return nil }
    // Products may write behind the tiles that there are, up to a multiple of 4.
    blockTiles = max(
      tile.blockTiles * (Self.isLarge(layer, tile) ? Self.largeFactor : 1),
      StridedConvolution.roundedUp(tilesAcross, to: 8))
  }

  /// Whether the transformed weights fit into no second-level cache, so that each block fetches them from farther away: more
  /// than 2 MB. The paper's layers have 1.6 MB at most.
  private static func isLarge(_ layer: StridedConvolution, _ tile: WinogradTile) -> Bool {
    tile.points * 4 * layer.big.channels * layer.small.channels > 1 << 19
  }

  /// How many times longer the blocks of large layers are. Then points, not weights, leave the second-level cache, and those
  /// of one point at a time come back.
  private static let largeFactor = 4

  /// Samples that should pass a layer together for its blocks to be full; 1 for layers that are not large.
  package var samplesTogether: Int {
    Self.isLarge(layer, tile) ? max(1, blockTiles / (tilesAcross * tilesDown)) : 1
  }

  /// Points of a tile.
  var points: Int { tile.points }

  /// Floats of transformed weights: (m + 1)^2 * 4B * S.
  public var weightCount: Int { points * groupChannels * layer.small.channels }

  /// Floats that `down`, `up` and the gradients need to work in.
  public var scratchCount: Int { points * (bigPoint + smallPoint) }

  /// 4B.
  var groupChannels: Int { 4 * layer.big.channels }
  /// Floats from a tile to the next among a point's. The odd cache line spreads tiles over the sets
  /// of the cache.
  var bigTile: Int { groupChannels + 16 }
  var smallTile: Int { layer.small.channels + 16 }
  /// Floats from a point to the next: the tiles of a block and, where blocks divide a plane, the
  /// row above them.
  var bigPoint: Int { (blockTiles + (isBanded ? tilesAcross : 0)) * bigTile }
  var smallPoint: Int { blockTiles * smallTile }

  /// Whether a plane has more tiles than a block.
  private var isBanded: Bool { tilesAcross * tilesDown > blockTiles }
}

extension WinogradConvolution {
  /// Neighboring rows of tiles of a few samples: several whole samples, or a band of one.
  struct Block {
    var samples: Range<Int>
    var rows: Range<Int>
  }

  /// Calls `body` with each block of a slice, band after band from the top.
  func forEachBlock(of samples: Int, _ body: (Block) -> Void) {
    let rows = min(tilesDown, blockTiles / tilesAcross)
    let together = max(1, blockTiles / (tilesAcross * tilesDown))
    for sample in stride(from: 0, to: samples, by: together) {
      for row in stride(from: 0, to: tilesDown, by: rows) {
        body(
          Block(
            samples: sample..<min(sample + together, samples),
            rows: row..<min(row + rows, tilesDown)))
      }
    }
  }

  /// Tiles of a block.
  func tileCount(_ block: Block) -> Int { block.samples.count * block.rows.count * tilesAcross }

  /// Calls `body` with each row of tiles of a block: the number of its first tile, its sample, and
  /// its row.
  func forEachRow(of block: Block, _ body: (_ tile: Int, _ sample: Int, _ row: Int) -> Void) {
    var tile = 0
    for sample in block.samples {
      for row in block.rows {
        body(tile, sample, row)
        tile += tilesAcross
      }
    }
  }
}

/// Where the points of a block stand while it is computed.
struct WinogradPoints {
  /// `[p][t][k]`.
  let big: UnsafeMutablePointer<Float>
  /// `[p][t][s]`.
  let small: UnsafeMutablePointer<Float>

  init(_ layer: WinogradConvolution, in scratch: UnsafeMutablePointer<Float>) {
    big = scratch
    small = scratch + layer.points * layer.bigPoint
  }
}
