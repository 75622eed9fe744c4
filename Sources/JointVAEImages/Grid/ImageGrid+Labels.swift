extension ImageGrid {
  /// Writes the labels in the margins of `picture`: white on dark, black on light.
  func drawLabels(on picture: inout Image, _ layout: GridLayout) {
    let value: UInt8 = background < 128 ? 255 : 0
    for (row, label) in rowLabels.enumerated() {
      let scale = layout.rowLabelScale
      let (_, y) = layout.origin(of: row * layout.columns)
      let middle = y + (layout.tileHeight - BitmapFont.capitalHeight * scale) / 2
      picture.draw(label, at: (2 * scale, max(0, middle)), scale: scale, value: value)
    }
    for (column, label) in columnLabels.enumerated() {
      let scale = layout.columnLabelScale
      let room = (layout.tileWidth + layout.padding) / (BitmapFont.advance * scale)
      let text = String(label.prefix(room))
      let (x, _) = layout.origin(of: column)
      let middle = x + (layout.tileWidth - BitmapFont.size(of: text, scale: scale).width) / 2
      picture.draw(text, at: (max(0, middle), 2 * scale), scale: scale, value: value)
    }
  }
}
