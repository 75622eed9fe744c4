import Foundation
import JointVAEImages

/// Draws a chart in pixels, in the palette's colors for light pages; lines are smoothed by the share of a pixel they cover.
struct ChartPicture {
  private typealias Place = ChartDrawing.Place

  private(set) var image: Image
  /// Pixels for each of the chart's.
  private static let scale = 2

  init(width: Int, height: Int) {
    image = Image(
      width: width * Self.scale, height: height * Self.scale, channels: 3, value: 255)
  }

  /// Draws one mark.
  mutating func draw(_ mark: ChartDrawing.Mark) {
    switch mark {
    case .rule(let start, let end, let rule):
      stroke([start, end], width: rule == .mean ? 2.5 : 1, color: Self.color(rule))
    case .text(let text, _, let place, let anchor, _): write(text, at: place, anchor)
    case .curve(let pieces, let style):
      let line = Palette.stroke(style)
      let color = Palette.rgb(line.color)
      for piece in pieces {
        guard piece.count > 1 else {
          if let only = piece.first { stroke([only, only], width: 6, color: color) }
          continue
        }
        for part in Self.dashed(piece, Palette.lengths(line.dashes)) {
          stroke(part, width: line.width, color: color)
        }
      }
    case .dot(let place, let color, _):
      stroke([place, place], width: 9, color: Palette.rgb(Palette.stroke(.color(color)).color))
    case .bar(let box, let color):
      fill(box, color: Palette.rgb(Palette.stroke(.color(color)).color))
    }
  }

  private static func color(_ rule: ChartDrawing.Rule) -> [UInt8] {
    switch rule {
    case .grid: Palette.rgb("line")
    case .axis: Palette.rgb("soft")
    case .spread, .mean: Palette.rgb("text")
    }
  }

  /// Writes a line of text whose letters stand on `place`.
  private mutating func write(_ text: String, at place: Place, _ anchor: ChartDrawing.Anchor) {
    let size = BitmapFont.size(of: text, scale: Self.scale)
    let x = place.x * Double(Self.scale)
    let left =
      switch anchor {
      case .start: x
      case .middle: x - Double(size.width) / 2
      case .end: x - Double(size.width)
      }
    // Two of its nine rows hang below the line.
    let top = place.y * Double(Self.scale) - Double(size.height) * 7 / 9
    image.draw(text, at: (Int(left), Int(top)), scale: Self.scale, value: 34)
  }

  private mutating func fill(_ box: ChartDrawing.Box, color: [UInt8]) {
    func pixels(_ start: Double, _ end: Double, _ limit: Int) -> Range<Int> {
      let scale = Double(Self.scale)
      return (Int((start * scale).rounded())..<Int((end * scale).rounded())).clamped(to: 0..<limit)
    }
    for y in pixels(box.top, box.bottom, image.height) {
      for x in pixels(box.left, box.right, image.width) {
        for (channel, ink) in color.enumerated() { image[x: x, y: y, channel: channel] = ink }
      }
    }
  }

  /// The strokes of a dashed line; the line itself when there are no dashes.
  private static func dashed(_ line: [Place], _ dashes: [Double]) -> [[Place]] {
    guard !dashes.isEmpty, dashes.allSatisfy({ $0 > 0 }), var here = line.first else {
      return [line]
    }
    var strokes: [[Place]] = []
    var stroke = [here]
    var dash = 0
    var rest = dashes[0]
    for end in line.dropFirst() {
      var length = hypot(end.x - here.x, end.y - here.y)
      while length > rest {
        let share = rest / length
        here = Place(
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
  private mutating func stroke(_ line: [Place], width: Double, color: [UInt8]) {
    let scale = Double(Self.scale)
    let reach = width * scale / 2 + 1
    // Where pieces of one line meet, a pixel is covered once, by the one that covers more of it.
    var coverage: [Int: Double] = [:]
    for (start, end) in zip(line, line.dropFirst()) {
      let (a, b) = ((x: start.x * scale, y: start.y * scale), (x: end.x * scale, y: end.y * scale))
      let places = (0..<image.width).clamped(
        to: Int((min(a.x, b.x) - reach).rounded(.down))..<Int((max(a.x, b.x) + reach).rounded(.up)))
      for y in (0..<image.height).clamped(
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
      for (channel, ink) in color.enumerated() {
        let (x, y) = (place % image.width, place / image.width)
        let ground = Double(image[x: x, y: y, channel: channel])
        image[x: x, y: y, channel: channel] = UInt8(
          (ground + (Double(ink) - ground) * share).rounded())
      }
    }
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
