import JointVAEFiles

/// A measure of several groups of runs: a row a group, a dot a run, and the mean with its deviation.
package struct ScoreChart: Hashable, Sendable {
  /// One run's value.
  package struct Dot: Hashable, Sendable {
    /// The run.
    package var name: String
    /// Its value.
    package var value: Double

    /// `value` of the run called `name`.
    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// Runs that belong together.
  package struct Row: Hashable, Sendable {
    /// What they share.
    package var name: String
    /// Their values; empty when none was measured.
    package var dots: [Dot]
    /// The mean.
    package var mean: Double?
    /// The deviation between runs, of two and more.
    package var deviation: Double?

    /// The runs of the group called `name`.
    package init(name: String, dots: [Dot], mean: Double?, deviation: Double?) {
      self.name = name
      self.dots = dots
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// The measure.
  package var title: String
  /// Its unit, if it has one.
  package var unit: String?
  /// The decimals of its numbers.
  package var digits: Int
  /// A group each.
  package var rows: [Row]

  /// A chart of the measure called `title`.
  package init(title: String, unit: String?, digits: Int, rows: [Row]) {
    self.title = title
    self.unit = unit
    self.digits = digits
    self.rows = rows
  }

  /// Whether there is nothing to draw.
  package var isEmpty: Bool { rows.allSatisfy(\.dots.isEmpty) }

  /// The scale of all values, wide enough for the deviations.
  package var scale: ChartScale {
    ChartScale(
      rows.flatMap { row in
        row.dots.map(\.value)
          + (row.mean.map { [$0 - (row.deviation ?? 0), $0 + (row.deviation ?? 0)] } ?? [])
      })
  }

  /// A row a run.
  package var commaSeparatedValues: String {
    let lines = rows.flatMap { row in
      row.dots.map {
        "\(LineChart.field(row.name)),\(LineChart.field($0.name)),\(NumberText.exact($0.value))"
      }
    }
    return (["group,run,\(LineChart.field(title))"] + lines).joined(separator: "\n") + "\n"
  }

  /// The chart in its figure, with a link to its numbers.
  package func figure(fileName: String) -> HTML {
    return """
      <figure class="chart">
      <figcaption>\(title)</figcaption>
      <svg viewBox="0 0 \(frame.width) \(frame.height)" role="img" tabindex="0" aria-label="\(title) by group. \(summary).">
      \(drawing)
      </svg>
      <p class="tools"><span>\(Self.legend)</span> <a download="\(fileName)" href="\(DataURI(csv: commaSeparatedValues))" aria-label="Numbers of \(title) as CSV">CSV</a></p>
      </figure>
      """
  }

  /// The chart as an SVG file of its own, which follows the theme of the page that shows it.
  package var document: HTML {
    let foot = frame.height + 12
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(frame.width) \(foot + 10)" width="\(2 * frame.width)" height="\(2 * (foot + 10))" role="img">
      <title>\(title)</title>
      <desc>\(summary).</desc>
      <style>\(ReportStyle.chartsAlone)</style>
      <rect width="100%" height="100%" fill="var(--card)"/>
      <g class="chart">
      \(drawing)
      <text x="\((frame.left + frame.right) / 2)" y="\(foot)" text-anchor="middle">\(Self.legend)</text>
      </g>
      </svg>
      """
  }

  private static let legend = "dot: a run; bar: mean ± deviation"
  private static let pitch = 40.0

  private var frame: ChartFrame {
    var frame = ChartFrame()
    frame.left = 14
    frame.top = 4
    frame.height = Self.pitch * Double(rows.count) + 42
    frame.bottomMargin = 38
    return frame
  }

  /// All rows in words.
  private var summary: String {
    rows.map { row in
      let value =
        row.mean.map { mean in
          NumberText.decimal(mean, digits)
            + (row.deviation.map { " plus or minus " + NumberText.decimal($0, digits) } ?? "")
        } ?? "not measured"
      return "\(row.name): \(value)"
    }.joined(separator: "; ")
  }

  /// The axis and the rows.
  private var drawing: HTML {
    let (frame, scale) = (frame, scale)
    let marks = rows.enumerated().map { index, row in
      self.marks(row, index, frame, scale, y: frame.top + Self.pitch * (Double(index) + 0.72))
    }
    return """
      \(frame.horizontalAxis(scale, label: unit.map { "\(title) (\($0))" } ?? title))
      \(marks)
      """
  }

  private func marks(
    _ row: Row, _ index: Int, _ frame: ChartFrame, _ scale: ChartScale, y: Double
  ) -> HTML {
    let color = LineChart.names(.color(index))
    let dots = row.dots.map { dot -> HTML in
      """
      <circle class="\(color)" cx="\(frame.x(scale, dot.value))" cy="\(y)" r="4.5"><title>\(dot.name): \(NumberText.decimal(dot.value, digits))</title></circle>
      """
    }
    var mean = HTML.empty
    if let center = row.mean {
      let x = frame.x(scale, center)
      if let deviation = row.deviation {
        mean += """
          <path class="spread" d="M\(frame.x(scale, center - deviation)) \(y)H\(frame.x(scale, center + deviation))"/>
          """
      }
      mean += "<path class=\"mean\" d=\"M\(x) \(y - 8)V\(y + 8)\"/>"
    }
    let label =
      row.name
      + (row.mean.map { ": " + NumberText.decimal($0, digits) } ?? ": not measured")
    return """
      <text class="row" x="\(frame.left)" y="\(y - 12)">\(label)</text>\(mean)\(dots)
      """
  }
}
