/// Lays images out in rows and columns, as torchvision's `make_grid` does, with labels on request.
///
/// Every image has `padding` pixels around it, shared with its neighbors, so that `columns` images
/// of width w take `columns * (w + padding) + padding` pixels. Places left over in the last row
/// stay empty.
public struct ImageGrid: Equatable, Sendable {
  /// Images in a full row. Fewer images make a narrower grid.
  public var columns: Int
  /// Pixels between images, and around them all.
  public var padding: Int
  /// The gray between images, and behind labels.
  public var background: UInt8
  /// The side of the square that each pixel becomes.
  public var scale: Int
  /// Texts at the left of the rows, from the top; rows beyond have none.
  public var rowLabels: [String]
  /// Texts above the columns, from the left. One that is too long for its column is cut.
  public var columnLabels: [String]

  /// A grid of `columns` images a row: black, 2 pixels of padding, no labels, unless told
  /// otherwise.
  public init(
    columns: Int, padding: Int = 2, background: UInt8 = 0, scale: Int = 1,
    rowLabels: [String] = [], columnLabels: [String] = []
  ) {
    self.columns = columns
    self.padding = padding
    self.background = background
    self.scale = scale
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
  }

  /// One picture of `images`, row by row: gray when all of them are, RGB otherwise. What is transparent shows white.
  /// - Throws: `ImageError` when there are no images, their sizes differ, there are more labels
  ///   than rows or columns, a setting is out of range, or the picture would be too large.
  public func picture(of images: [Image]) throws -> Image {
    let layout = try GridLayout(self, images)
    let channels = images.contains { $0.channels > 2 } ? 3 : 1
    var picture = Image(
      width: layout.width, height: layout.height, channels: channels, value: background)
    for (index, image) in images.enumerated() {
      let (x, y) = layout.origin(of: index)
      picture.paste(channels == 3 ? image.rgb : image.gray, x: x, y: y, scale: scale)
    }
    drawLabels(on: &picture, layout)
    return picture
  }
}

/// Where everything goes, in pixels of the picture.
struct GridLayout {
  /// Pixels of the whole picture.
  var width = 0
  var height = 0
  /// Columns and rows of images.
  var columns: Int
  var rows: Int
  /// The scaled size of an image, and the padding.
  var tileWidth: Int
  var tileHeight: Int
  var padding: Int
  /// What labels take at the left and above.
  var left = 0
  var top = 0
  /// The side of a dot of a row's label, and of a column's.
  var rowLabelScale: Int
  var columnLabelScale: Int

  /// Pictures beyond this many pixels are taken for a mistake in a setting.
  private static let maximumPixelCount = 1 << 26

  init(_ grid: ImageGrid, _ images: [Image]) throws {
    guard let first = images.first else { throw ImageError("a grid needs at least one image") }
    guard
      (1...65_535).contains(grid.columns) && (1...1024).contains(grid.scale)
        && (0...1024).contains(grid.padding)
    else {
      throw ImageError(
        "a grid of \(grid.columns) columns, padding \(grid.padding) and scale \(grid.scale) cannot "
          + "be drawn; expected at least one column, padding 0 to 1024 and scale 1 to 1024")
    }
    for (index, image) in images.enumerated()
    where image.width != first.width || image.height != first.height {
      throw ImageError(
        "image \(index + 1) of a grid has \(image.width) x \(image.height) pixels; expected "
          + "\(first.width) x \(first.height), as the first has")
    }
    columns = min(grid.columns, images.count)
    rows = (images.count + columns - 1) / columns
    tileWidth = first.width * grid.scale
    tileHeight = first.height * grid.scale
    padding = grid.padding * grid.scale
    guard grid.rowLabels.count <= rows && grid.columnLabels.count <= columns else {
      throw ImageError(
        "a grid of \(rows) rows and \(columns) columns has \(grid.rowLabels.count) row labels and "
          + "\(grid.columnLabels.count) column labels; expected at most one each")
    }
    // Letters grow with the images, at half the pace: they must be read, not admired.
    let wanted = (grid.scale + 1) / 2
    rowLabelScale = max(
      1, min(wanted, (tileHeight + padding) / BitmapFont.letterHeight))
    let longest = grid.columnLabels.map { BitmapFont.size(of: $0).width }.max() ?? 0
    columnLabelScale = max(1, min(wanted, (tileWidth + padding) / (longest + 1)))
    measure(grid)
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow && count <= Self.maximumPixelCount else {
      throw ImageError(
        "a grid of \(rows) x \(columns) images would have \(width) x \(height) pixels; use a "
          + "smaller scale or fewer images")
    }
  }

  private mutating func measure(_ grid: ImageGrid) {
    if grid.rowLabels.contains(where: { !$0.isEmpty }) {
      let longest = grid.rowLabels.map {
        BitmapFont.size(of: $0, scale: rowLabelScale).width
      }
      left = (longest.max() ?? 0) + 4 * rowLabelScale
    }
    if grid.columnLabels.contains(where: { !$0.isEmpty }) {
      top = (BitmapFont.letterHeight + 2) * columnLabelScale
    }
    width = left + columns * (tileWidth + padding) + padding
    height = top + rows * (tileHeight + padding) + padding
  }

  /// The left and upper corner of image `index`.
  func origin(of index: Int) -> (x: Int, y: Int) {
    (
      left + padding + index % columns * (tileWidth + padding),
      top + padding + index / columns * (tileHeight + padding)
    )
  }
}
