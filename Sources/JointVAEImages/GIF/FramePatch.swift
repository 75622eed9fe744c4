/// A part of a picture.
struct PixelRectangle: Equatable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
}

/// What a GIF stores of a frame: the rectangle in which it differs from the frame before.
struct FramePatch: Equatable {
  var area: PixelRectangle
  /// The palette's numbers in the area, row by row.
  var indices: [UInt8]
  /// The number that stands for what was there before.
  var transparent: UInt8?

  /// All of a frame.
  init(whole indices: [UInt8], width: Int) {
    self.init(
      area: PixelRectangle(x: 0, y: 0, width: width, height: indices.count / width),
      indices: indices)
  }

  /// Two ways to store how frame `next` follows `previous`, pictures of `width` pixels a row.
  ///
  /// One has the numbers themselves. The other has all that stays transparent, if a number below
  /// `colorCount` is left over for that. Compression decides which is shorter: long runs of what
  /// stays are good, holes in what changes are bad.
  static func alternatives(
    from previous: [UInt8], to next: [UInt8], width: Int, colorCount: Int
  ) -> (plain: FramePatch, masked: FramePatch?) {
    let area = changedArea(from: previous, to: next, width: width)
    var plain = FramePatch(area: area, indices: [])
    var masked = plain
    var isFree = [Bool](repeating: true, count: 256)
    for y in area.y..<area.y + area.height {
      let row = y * width + area.x..<y * width + area.x + area.width
      plain.indices += next[row]
      for index in row where next[index] != previous[index] { isFree[Int(next[index])] = false }
    }
    guard let free = isFree[..<colorCount].firstIndex(of: true) else { return (plain, nil) }
    let transparent = UInt8(truncatingIfNeeded: free)
    masked.transparent = transparent
    for y in area.y..<area.y + area.height {
      let row = y * width + area.x..<y * width + area.x + area.width
      masked.indices += row.map { next[$0] == previous[$0] ? transparent : next[$0] }
    }
    return (plain, masked)
  }

  private init(area: PixelRectangle, indices: [UInt8]) {
    self.area = area
    self.indices = indices
  }

  /// The smallest rectangle around all differences; one pixel when there are none, because a GIF's
  /// frame cannot be empty.
  private static func changedArea(
    from previous: [UInt8], to next: [UInt8], width: Int
  ) -> PixelRectangle {
    var columns: Range<Int>?
    var rows = 0..<0
    for y in 0..<next.count / width {
      let row = y * width..<(y + 1) * width
      guard let first = row.first(where: { previous[$0] != next[$0] }),
        let last = row.last(where: { previous[$0] != next[$0] })
      else { continue }
      let (left, right) = (first - row.lowerBound, last - row.lowerBound + 1)
      columns = columns.map { min($0.lowerBound, left)..<max($0.upperBound, right) } ?? left..<right
      rows = (rows.isEmpty ? y : rows.lowerBound)..<y + 1
    }
    guard let columns else { return PixelRectangle(x: 0, y: 0, width: 1, height: 1) }
    return PixelRectangle(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }
}
