import Foundation
import JointVAEImages

extension PanelChart {
  /// The chart as a picture on a white ground, twice as fine as its size.
  package func image() -> Image {
    var canvas = ImageCanvas(size: size)
    draw(on: &canvas)
    return canvas.image
  }
}

/// Draws a chart in pixels; lines are smoothed by the share of a pixel they cover.
struct ImageCanvas: ChartCanvas {
  private(set) var image: Image
  /// Pixels for each of the chart's.
  private static let scale = 2

  init(size: (width: Int, height: Int)) {
    image = Image(
      width: size.width * Self.scale, height: size.height * Self.scale, channels: 3, value: 255)
  }

  mutating func rule(from start: ChartPlace, to end: ChartPlace, _ style: ChartRule) {
    let gray: UInt8 = style == .grid ? 226 : 136
    stroke([start, end], width: 1, color: (gray, gray, gray), inside: nil)
  }

  mutating func write(_ text: String, at place: ChartPlace, _ anchor: ChartAnchor) {
    let size = BitmapFont.size(of: text, scale: Self.scale)
    let x = place.x * Double(Self.scale)
    let left =
      switch anchor {
      case .start: x
      case .middle: x - Double(size.width) / 2
      case .end: x - Double(size.width)
      }
    let top = place.y * Double(Self.scale) - Double(size.height) / 2
    image.draw(text, at: (Int(left), Int(top)), scale: Self.scale, value: 34)
  }

  mutating func curve(_ number: Int, _ pieces: [[ChartPlace]], inside rectangle: ChartRectangle) {
    let (color, dashes) = ChartPalette.style(number)
    for piece in pieces {
      for part in Self.dashed(piece, dashes) {
        stroke(part, width: 2, color: ChartPalette.colors[color], inside: rectangle)
      }
    }
  }

  mutating func bar(_ number: Int, _ rectangle: ChartRectangle) {
    let middle = (rectangle.top + rectangle.bottom) / 2
    // A line as wide as the bar is high, whose round ends are cut off.
    stroke(
      [ChartPlace(x: rectangle.left, y: middle), ChartPlace(x: rectangle.right, y: middle)],
      width: rectangle.bottom - rectangle.top,
      color: ChartPalette.colors[ChartPalette.style(number).color], inside: rectangle)
  }

  /// The strokes of a dashed line; the line itself when there are no dashes.
  static func dashed(_ line: [ChartPlace], _ dashes: [Double]) -> [[ChartPlace]] {
    guard !dashes.isEmpty, dashes.allSatisfy({ $0 > 0 }), var here = line.first else {
      return [line]
    }
    var strokes: [[ChartPlace]] = []
    var stroke = [here]
    var dash = 0
    var rest = dashes[0]
    for end in line.dropFirst() {
      var length = hypot(end.x - here.x, end.y - here.y)
      while length > rest {
        let share = rest / length
        here = ChartPlace(
          x: here.x + (end.x - here.x) * share, y: here.y + (end.y - here.y) * share)
        length -= rest
        if dash % 2 == 0 { strokes.append(stroke + [here]) }
        stroke = [here]
        dash += 1
        rest = dashes[dash % dashes.count]
      }
      rest -= length
      here = end
      stroke.append(here)
    }
    if dash % 2 == 0 { strokes.append(stroke) }
    return strokes
  }

  /// Draws a line of straight pieces, `width` of the chart's pixels wide.
  private mutating func stroke(
    _ line: [ChartPlace], width: Double, color: (red: UInt8, green: UInt8, blue: UInt8),
    inside rectangle: ChartRectangle?
  ) {
    let scale = Double(Self.scale)
    let reach = width * scale / 2 + 1
    let columns = Self.pixels(rectangle.map { ($0.left, $0.right) }, limit: image.width)
    let rows = Self.pixels(rectangle.map { ($0.top, $0.bottom) }, limit: image.height)
    // Where pieces of one line meet, a pixel is covered once, by the one that covers more of it.
    var coverage: [Int: Double] = [:]
    for (start, end) in zip(line, line.dropFirst()) {
      let (a, b) = ((x: start.x * scale, y: start.y * scale), (x: end.x * scale, y: end.y * scale))
      let places = columns.clamped(
        to: Int((min(a.x, b.x) - reach).rounded(.down))..<Int((max(a.x, b.x) + reach).rounded(.up)))
      for y in rows.clamped(
        to: Int((min(a.y, b.y) - reach).rounded(.down))..<Int((max(a.y, b.y) + reach).rounded(.up)))
      {
        for x in places {
          let distance = Self.distance(of: (Double(x) + 0.5, Double(y) + 0.5), to: a, b)
          let share = min(max(width * scale / 2 + 0.5 - distance, 0), 1)
          guard share > 0 else { continue }
          coverage[y * image.width + x] = max(coverage[y * image.width + x] ?? 0, share)
        }
      }
    }
    for (place, share) in coverage {
      for (channel, ink) in [color.red, color.green, color.blue].enumerated() {
        let (x, y) = (place % image.width, place / image.width)
        let ground = Double(image[x: x, y: y, channel: channel])
        image[x: x, y: y, channel: channel] = UInt8(
          (ground + (Double(ink) - ground) * share).rounded())
      }
    }
  }

  private static func pixels(_ range: (Double, Double)?, limit: Int) -> Range<Int> {
    guard let range else { return 0..<limit }
    return (Int(range.0 * Double(scale))..<Int(range.1 * Double(scale))).clamped(to: 0..<limit)
  }

  /// The distance of a point from the straight piece between `a` and `b`.
  private static func distance(
    of point: (x: Double, y: Double), to a: (x: Double, y: Double), _ b: (x: Double, y: Double)
  ) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let square = dx * dx + dy * dy
    let along = square > 0 ? ((point.x - a.x) * dx + (point.y - a.y) * dy) / square : 0
    let t = min(max(along, 0), 1)
    return hypot(point.x - a.x - t * dx, point.y - a.y - t * dy)
  }
}
