/// A table of numbers drawn as cells, the darker the larger, with labels on the left and above.
///
/// Letters are ASCII; labels longer than `HeatMap.labelLimit` letters are cut.
public struct HeatMap: Hashable, Sendable {
  /// A number and how much of the darkest color it gets.
  public struct Cell: Hashable, Sendable {
    /// From 0, white, to 1, dark blue; what lies outside is clamped.
    public var share: Double
    /// What is written into it.
    public var text: String

    /// A cell.
    public init(share: Double, text: String) {
      self.share = share
      self.text = text
    }
  }

  /// Rows from the top, all of them as long.
  public let cells: [[Cell]]
  /// One a row.
  public let rowLabels: [String]
  /// One a column, of lines from the top.
  public let columnLabels: [[String]]
  /// What the lines of the column labels are, on their left.
  public let headerLabels: [String]

  /// Letters of a label that are drawn.
  public static let labelLimit = 16

  /// A table.
  /// - Precondition: every row has as many cells as there are column labels, and there are as many
  ///   rows as row labels.
  public init(
    cells: [[Cell]], rowLabels: [String], columnLabels: [[String]], headerLabels: [String] = []
  ) {
    precondition(cells.count == rowLabels.count, "a label a row")
    precondition(cells.allSatisfy { $0.count == columnLabels.count }, "a label a column")
    self.cells = cells
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.headerLabels = headerLabels
  }

  /// The picture, red, green and blue.
  ///
  /// - Parameter scale: the side of a letter's dot in pixels.
  /// - Throws: `ImageError` when there is no cell, the scale is not from 1 to 16, or the picture
  ///   would be larger than 64 Mi pixels.
  public func image(scale: Int = 2) throws -> Image {
    let layout = try HeatMapLayout(self, scale: scale)
    var image = Image(width: layout.width, height: layout.height, channels: 3, value: 255)
    for (line, label) in headerLabels.enumerated() {
      layout.draw(label, rightIn: layout.headerLabel(line), 0, &image)
    }
    for (column, lines) in columnLabels.enumerated() {
      for (line, text) in lines.enumerated() {
        layout.draw(text, centeredIn: layout.columnLabel(column, line: line), 0, &image)
      }
    }
    for (row, label) in rowLabels.enumerated() {
      layout.draw(label, rightIn: layout.rowLabel(row), 0, &image)
      for (column, cell) in cells[row].enumerated() {
        let box = layout.cell(row, column)
        let share = cell.share.isFinite ? min(max(cell.share, 0), 1) : 0
        image.fill(box, color: Self.color(share))
        layout.draw(cell.text, centeredIn: box, share > 0.5 ? 255 : 0, &image)
      }
    }
    return image
  }

  /// From white to dark blue; nothing at all is a little gray, so that cells show.
  private static func color(_ share: Double) -> (UInt8, UInt8, UInt8) {
    func mix(_ from: Double, _ to: Double) -> UInt8 { UInt8(from + (to - from) * share + 0.5) }
    return (mix(244, 8), mix(246, 48), mix(250, 107))
  }
}

extension Image {
  /// Sets a rectangle inside an image of three channels to one color.
  fileprivate mutating func fill(_ box: HeatMapLayout.Box, color: (UInt8, UInt8, UInt8)) {
    let rowLength = width * channels
    withUnsafeMutablePixels { pixels in
      for y in box.y..<box.y + box.height {
        for x in box.x..<box.x + box.width {
          let start = y * rowLength + 3 * x
          (pixels[start], pixels[start + 1], pixels[start + 2]) = color
        }
      }
    }
  }
}
