import JointVAEFiles
import JointVAEImages

extension Chart {
  /// Writes the chart to a file, whole or not at all: as PNG where the name ends in .png, else as SVG.
  /// - Throws: `FileError`.
  package func write(to path: String) throws {
    if path.lowercased().hasSuffix(".png") {
      try image().writePNG(to: path)
    } else {
      try AtomicFile.write(svg, to: path)
    }
  }

  /// The chart as a picture on a white ground, twice as fine as its size.
  package func image() -> Image {
    let drawing = ChartLayout.drawing(of: self, .document)
    var canvas = ChartPicture(width: Int(drawing.width), height: Int(drawing.height))
    for mark in drawing.marks { canvas.draw(mark) }
    return canvas.image
  }
}
