/// How many small pixels of a plane are computed together by Winograd's transformation.
public enum WinogradTile: Int, CaseIterable, Hashable, Sendable {
  /// F(2x2, 2x2): 9 products stand for 16.
  case two = 2
  /// F(4x4, 2x2): 25 products stand for 64.
  case four = 4

  /// m: pixels of a tile in either direction.
  var side: Int { rawValue }

  /// (m + 1)^2.
  var points: Int { (side + 1) * (side + 1) }

  /// Tiles along a side of so many small pixels.
  func count(along length: Int) -> Int { (length + side - 1) / side }

  /// Tiles that are transformed together: their points should stay in the second-level cache.
  ///
  /// It is part of what is computed, as a gradient is added up block by block: the same for every
  /// processor.
  var blockTiles: Int {
    switch self {
    case .two: 32
    case .four: 16
    }
  }
}
