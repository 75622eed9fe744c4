/// Curves over one axis, in one or more panels above each other that share it.
package struct PanelChart: Hashable, Sendable {
  /// A curve.
  package struct Line: Hashable, Sendable {
    /// Its name in the legend.
    package var name: String
    /// Its points from left to right; one whose y is not finite is left out, and interrupts it.
    package var points: [Point]

    package init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A point in the units of the axes.
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Curves with a y axis of their own.
  package struct Panel: Hashable, Sendable {
    /// What the y axis counts.
    package var label: String
    /// The part of the y axis that is shown; curves are cut off at its ends.
    package var range: ClosedRange<Double>
    /// The same names in the same order in every panel.
    package var lines: [Line]

    package init(label: String, range: ClosedRange<Double>, lines: [Line]) {
      self.label = label
      self.range = range
      self.lines = lines
    }
  }

  /// What the chart shows, in a line.
  package var title: String
  /// What the x axis counts.
  package var label: String
  /// The part of the x axis that is shown.
  package var range: ClosedRange<Double>
  /// From top to bottom.
  package var panels: [Panel]

  package init(title: String, label: String, range: ClosedRange<Double>, panels: [Panel]) {
    self.title = title
    self.label = label
    self.range = range
    self.panels = panels
  }

  /// Round numbers in `range`, about `count` of them: multiples of 1, 2 or 5 times a power of ten.
  package static func ticks(_ range: ClosedRange<Double>, about count: Int) -> [Double] {
    let raw = (range.upperBound - range.lowerBound) / Double(max(count, 1))
    guard raw > 0, raw.isFinite else { return [] }
    var power = 1.0
    while power > raw { power /= 10 }
    while power * 10 <= raw { power *= 10 }
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= raw * 0.999 } ?? power * 10
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    // Divided rather than multiplied where the step is a fraction: 3 / 10 prints as 0.3, 3 * 0.1 does not.
    let inverse = (1 / step).rounded()
    return (first...last).map { step < 1 ? Double($0) / inverse : Double($0) * step }
  }
}
