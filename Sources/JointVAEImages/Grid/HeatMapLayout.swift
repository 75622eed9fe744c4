/// Where the parts of a heat map stand, in pixels.
struct HeatMapLayout {
  /// A rectangle by its left and upper corner.
  struct Box {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  /// The picture's width.
  let width: Int
  /// The picture's height.
  let height: Int
  /// White around everything.
  private let margin: Int
  private let scale: Int
  private let gap: Int
  private let lineHeight: Int
  private let cellWidth: Int
  private let cellHeight: Int
  private let left: Int
  private let top: Int

  /// - Throws: `ImageError` when there is no cell, the scale is out of range, or there is no room.
  init(_ map: HeatMap, scale: Int) throws {
    guard !map.cells.isEmpty, !map.columnLabels.isEmpty else {
      throw ImageError("a heat map needs at least one cell")
    }
    guard (1...16).contains(scale) else {
      throw ImageError("a heat map of scale \(scale) cannot be drawn; expected from 1 to 16")
    }
    func widest(_ texts: some Sequence<String>) -> Int {
      let count = texts.map { min($0.count, HeatMap.labelLimit) }.max() ?? 0
      return BitmapFont.advance * count * scale
    }
    self.scale = scale
    margin = 6 * scale
    gap = scale
    lineHeight = (BitmapFont.lineHeight + 2) * scale
    cellWidth =
      max(
        widest(map.cells.joined().map(\.text)), widest(map.columnLabels.joined())) + 6 * scale
    cellHeight = lineHeight + 6 * scale
    left = margin + widest(map.rowLabels + map.headerLabels) + 4 * scale
    let lines = max(map.columnLabels.map(\.count).max() ?? 0, map.headerLabels.count)
    top = margin + lines * lineHeight + 2 * scale
    let (columns, wide) = (cellWidth + gap).multipliedReportingOverflow(by: map.columnLabels.count)
    let (rows, high) = (cellHeight + gap).multipliedReportingOverflow(by: map.cells.count)
    guard !wide, !high, columns <= Self.longest, rows <= Self.longest else {
      throw Self.tooLarge(map)
    }
    width = left + columns + margin
    height = top + rows + margin
    guard width <= ImageLimits.standard.maximumPixelCount / height else {
      throw Self.tooLarge(map)
    }
  }

  /// Keeps sums of a few lengths in range.
  private static let longest = 1 << 26

  private static func tooLarge(_ map: HeatMap) -> ImageError {
    ImageError(
      "a heat map of \(map.cells.count) x \(map.columnLabels.count) cells is too large to draw; "
        + "write a table instead")
  }

  func cell(_ row: Int, _ column: Int) -> Box {
    Box(
      x: left + column * (cellWidth + gap), y: top + row * (cellHeight + gap), width: cellWidth,
      height: cellHeight)
  }

  func columnLabel(_ column: Int, line: Int) -> Box {
    Box(
      x: cell(0, column).x, y: margin + line * lineHeight, width: cellWidth,
      height: lineHeight)
  }

  func headerLabel(_ line: Int) -> Box {
    Box(
      x: margin, y: margin + line * lineHeight, width: left - margin - 4 * scale, height: lineHeight
    )
  }

  func rowLabel(_ row: Int) -> Box {
    Box(x: margin, y: cell(row, 0).y, width: left - margin - 4 * scale, height: cellHeight)
  }

  /// Writes `text` into the middle of `box`.
  func draw(_ text: String, centeredIn box: Box, _ value: UInt8, _ image: inout Image) {
    draw(text, in: box, indent: { ($0 - $1) / 2 }, value, &image)
  }

  /// Writes `text` to the right of `box`.
  func draw(_ text: String, rightIn box: Box, _ value: UInt8, _ image: inout Image) {
    draw(text, in: box, indent: { $0 - $1 }, value, &image)
  }

  private func draw(
    _ text: String, in box: Box, indent: (Int, Int) -> Int, _ value: UInt8, _ image: inout Image
  ) {
    // A line break in a name must not put letters into the cell below.
    let line = String(
      text.prefix(HeatMap.labelLimit).map { $0.isNewline ? Character(" ") : $0 })
    let size = BitmapFont.size(of: line, scale: scale)
    let capitals = BitmapFont.capitalHeight * scale
    image.draw(
      line, at: (box.x + indent(box.width, size.width), box.y + (box.height - capitals) / 2),
      scale: scale, value: value)
  }
}
