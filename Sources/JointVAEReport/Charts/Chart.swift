/// A chart as plain values: what is drawn, not how.
///
/// `ChartLayout` finds a place for everything in it. The result is drawn as SVG for pages and documents, or in pixels.
package struct Chart: Hashable, Sendable {
  /// What it shows, in a line.
  package var title: String
  /// A sentence for readers who cannot see it.
  package var summary: String
  /// From top to bottom.
  package var panels: [Panel]
  /// What its marks mean, where there is no legend.
  package var note: String?

  /// A chart of several panels.
  package init(title: String, summary: String, panels: [Panel], note: String? = nil) {
    self.title = title
    self.summary = summary
    self.panels = panels
    self.note = note
  }

  /// A chart of curves over the steps of a training.
  package init(title: String, summary: String, vertical: Axis, curves: [Curve]) {
    self.init(
      title: title, summary: summary,
      panels: [Panel(.curves(curves, vertical: vertical), over: .step)])
  }

  /// Whether there is nothing to draw.
  package var isEmpty: Bool { panels.allSatisfy(\.isEmpty) }

  /// The curves of the first panel, in the order of the legend.
  package var curves: [Curve] {
    guard case .curves(let curves, _)? = panels.first?.content else { return [] }
    return curves
  }
}

extension Chart {
  /// A part of a chart that has a horizontal axis.
  package struct Panel: Hashable, Sendable {
    /// What stands over the horizontal axis.
    package enum Content: Hashable, Sendable {
      /// Lines between points.
      case curves([Curve], vertical: Axis)
      /// Marks of groups, one group below the other.
      case rows([Row])
    }

    /// What it shows.
    package var content: Content
    /// Neighbors with the same axis show it once, below the last of them.
    package var horizontal: Axis

    /// A panel of `content` over an axis.
    package init(_ content: Content, over horizontal: Axis) {
      self.content = content
      self.horizontal = horizontal
    }

    /// Whether there is nothing to draw.
    package var isEmpty: Bool {
      switch content {
      case .curves(let curves, _): curves.allSatisfy(\.points.isEmpty)
      case .rows(let rows): rows.allSatisfy(\.values.isEmpty)
      }
    }
  }

  /// An axis: its name, and which part of it is shown.
  package struct Axis: Hashable, Sendable {
    /// Where an axis ends.
    package enum Ends: Hashable, Sendable {
      /// At round numbers around the values.
      case atTicks
      /// At the smallest and the largest value.
      case atValues
      /// Always here; what lies beyond is cut off.
      case at(ClosedRange<Double>)
    }

    /// Such as `KL`.
    package var name: String
    /// Such as `nats`; nil for a number of things.
    package var unit: String?
    /// Where it ends.
    package var ends: Ends
    /// Whether it begins at 0 or below, as the axis of an amount should.
    package var includesZero: Bool
    /// Whether it is logarithmic for positive values that differ by a factor of five and more.
    package var allowsLogarithm: Bool

    /// An axis called `name`.
    package init(
      _ name: String, unit: String? = nil, ends: Ends = .atTicks, includesZero: Bool = false,
      allowsLogarithm: Bool = false
    ) {
      self.name = name
      self.unit = unit
      self.ends = ends
      self.includesZero = includesZero
      self.allowsLogarithm = allowsLogarithm
    }

    /// The steps of a training.
    package static let step = Axis("Step", ends: .atValues)

    /// `KL (nats)`.
    package var label: String { unit.map { "\(name) (\($0))" } ?? name }

    /// The scale for `values`, with about `count` ticks.
    package func scale(of values: [Double], about count: Int = 5) -> ChartScale {
      switch ends {
      case .at(let range):
        ChartScale([range.lowerBound, range.upperBound], extends: false, about: count)
      case .atTicks, .atValues:
        ChartScale(
          values, includesZero: includesZero, allowsLogarithm: allowsLogarithm,
          extends: ends == .atTicks, about: count)
      }
    }
  }
}
