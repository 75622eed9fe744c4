extension Chart {
  /// A place in the units of the axes.
  package struct Point: Hashable, Sendable {
    /// Along the horizontal axis.
    package var x: Double
    /// Along the vertical axis.
    package var y: Double

    /// The point at `x` and `y`.
    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// How a curve looks.
  package enum Style: Hashable, Sendable {
    /// A color of the palette, counted on without end: curves beyond the last color are dashed.
    case color(Int)
    /// The limit of the curve of this color, nil for that of all: thin and dashed.
    case limit(Int?)
    /// One of many that need not be distinguished.
    case muted
  }

  /// A line between points.
  package struct Curve: Hashable, Sendable {
    /// What the legend calls it.
    package var name: String
    /// How it looks.
    package var style: Style
    /// From left to right; one that is not finite interrupts the line.
    package var points: [Point]

    /// The curve through `points`.
    package init(name: String, style: Style, points: [Point]) {
      self.name = name
      self.style = style
      self.points = points
    }
  }

  /// One of a row's values.
  package struct Dot: Hashable, Sendable {
    /// What it is of, such as a run.
    package var name: String
    /// Where it stands.
    package var value: Double

    /// `value` of what is called `name`.
    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The marks of a group, beside each other on one line.
  package struct Row: Hashable, Sendable {
    /// What the group is.
    package var name: String
    /// Its values in words; stands behind the name.
    package var note: String
    /// The color of its bar and dots.
    package var color: Int
    /// The length of a bar from 0.
    package var bar: Double?
    /// Single values.
    package var dots: [Dot]
    /// The mean of the values, a short line across.
    package var mean: Double?
    /// Where values lie, a thin line between two ends.
    package var spread: ClosedRange<Double>?

    /// A row called `name`.
    package init(
      name: String, note: String, color: Int = 0, bar: Double? = nil, dots: [Dot] = [],
      mean: Double? = nil, spread: ClosedRange<Double>? = nil
    ) {
      self.name = name
      self.note = note
      self.color = color
      self.bar = bar
      self.dots = dots
      self.mean = mean
      self.spread = spread
    }

    /// All places that the axis has to cover.
    var values: [Double] {
      (bar.map { [0, $0] } ?? []) + dots.map(\.value) + (mean.map { [$0] } ?? [])
        + (spread.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
  }
}
