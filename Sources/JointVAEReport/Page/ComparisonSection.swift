import JointVAEMetrics

/// The part of a page that compares runs: a table, charts of scores, curves over each other, key figures side by side.
struct ComparisonSection {
  private let comparison: Comparison

  init(_ comparison: Comparison) { self.comparison = comparison }

  /// The section.
  var html: HTML {
    let sentences = comparison.observations.map { "<li>\($0)</li>" as HTML }
    return """
      <section id="comparison" class="card">
      <h2>Comparison</h2>
      \(sentences.isEmpty ? .empty : "<ul class=\"facts\">\(sentences)</ul>" as HTML)
      \(table)
      \(scoreCharts)
      <h3>Training curves</h3>
      \(OverlaidCurves(comparison).html)
      \(figures)
      </section>
      """
  }

  /// Groups beside which there is room for a column each, on any screen.
  private static let columnLimit = 3

  private var table: HTML {
    comparison.groups.count <= Self.columnLimit ? tallTable : wideTable
  }

  /// A row a measure, a column a group: it fits the narrowest screen.
  private var tallTable: HTML {
    let axes = comparison.axes.enumerated().map { index, axis -> HTML in
      let values = comparison.groups.map { group -> HTML in
        "<th scope=\"col\" class=\"number\"><bdi>\(group.values[index] ?? "unknown")</bdi></th>"
      }
      return "<tr><th scope=\"row\"><bdi>\(axis)</bdi></th>\(values)</tr>"
    }
    let names = comparison.groups.map { group -> HTML in
      "<th scope=\"col\" class=\"number\">\(group.name)</th>"
    }
    let head: [HTML] =
      comparison.axes.isEmpty ? ["<tr><th scope=\"row\">runs</th>\(names)</tr>"] : axes
    let best = comparison.measures.map(comparison.best)
    let rows = zip(comparison.measures, best).map { measure, best -> HTML in
      let cells = comparison.groups.enumerated().map { index, group in
        cell(group, measure, isBest: best.contains(index))
      }
      return "<tr><th scope=\"row\">\(Self.heading(measure))</th>\(cells)</tr>"
    }
    let counts = comparison.groups.map { "<td class=\"number\">\(Self.counted($0))</td>" as HTML }
    let collapsed = comparison.groups.map { group -> HTML in
      "<td class=\"number\">\(group.collapsedText ?? "not measured")</td>"
    }
    return """
      <div class="scroll" role="group" tabindex="0" aria-label="Scores by group">
      <table class="scores tall">
      <thead>\(head)</thead>
      <tbody><tr><th scope="row">n</th>\(counts)</tr><tr><th scope="row">collapsed</th>\(collapsed)</tr>\(rows)</tbody>
      </table></div>
      <p class="note">\(explanation)</p>
      """
  }

  private static func heading(_ measure: MeasureDescription) -> HTML {
    let unit: HTML = measure.unit.map { " <small>\($0)</small>" } ?? .empty
    return "\(measure.title)\(unit)\(arrow(measure))"
  }

  private static func counted(_ group: RunGroup) -> String {
    group.evaluatedCount == group.members.count
      ? "\(group.members.count)" : "\(group.evaluatedCount) of \(group.members.count)"
  }

  private func cell(_ group: RunGroup, _ measure: MeasureDescription, isBest: Bool) -> HTML {
    guard let value = group.summary?.measure(under: measure) else {
      return "<td class=\"number none\">not measured</td>"
    }
    let text = Comparison.text(value, measure)
    return isBest
      ? "<td class=\"number best\"><strong>\(text)</strong> <span class=\"mark\">best</span></td>"
      : "<td class=\"number\">\(text)</td>"
  }

  /// A row a group, a column a measure.
  private var wideTable: HTML {
    let headings =
      comparison.axes.map { "<th scope=\"col\"><bdi>\($0)</bdi></th>" as HTML }
      + [comparison.axes.isEmpty ? "<th scope=\"col\">runs</th>" : .empty]
    let measures = comparison.measures.map { measure -> HTML in
      "<th scope=\"col\" class=\"number\">\(Self.heading(measure))</th>"
    }
    let best = comparison.measures.map(comparison.best)
    let rows = comparison.groups.enumerated().map { index, group in
      row(group, isBest: best.map { $0.contains(index) })
    }
    return """
      <div class="scroll" role="group" tabindex="0" aria-label="Scores by group">
      <table class="scores">
      <thead><tr>\(headings)<th scope="col" class="number">n</th><th scope="col" class="number">collapsed</th>\(measures)</tr></thead>
      <tbody>\(rows)</tbody>
      </table></div>
      <p class="note">\(explanation)</p>
      """
  }

  private func row(_ group: RunGroup, isBest: [Bool]) -> HTML {
    let names: [HTML] =
      comparison.axes.isEmpty
      ? ["<th scope=\"row\">\(group.name)</th>"]
      : group.values.map { "<th scope=\"row\"><bdi>\($0 ?? "unknown")</bdi></th>" }
    let cells = zip(comparison.measures, isBest).map { cell(group, $0, isBest: $1) }
    return """
      <tr>\(names)<td class="number">\(Self.counted(group))</td><td class="number">\(group.collapsedText ?? "not measured")</td>\(cells)</tr>
      """
  }

  /// What the table's numbers are, and why some are not compared.
  private var explanation: String {
    guard !comparison.measures.isEmpty else {
      return "No run has scores yet; the part of each run shows the command that measures them."
    }
    var sentences = [
      "Mean ± standard deviation (n − 1) over runs that differ in their seed alone; n counts those that were measured."
    ]
    if !comparison.hasSameImages {
      sentences.append(
        "The runs were measured on different images, so that no score is called the best.")
    } else if let images = comparison.runs.compactMap(\.evaluation).first?.measuredOn {
      sentences.append("Measured on \(images).")
    }
    if !comparison.hasSameLoss {
      sentences.append(
        "Their reconstructions are counted with different losses and cannot be compared.")
    }
    return sentences.joined(separator: " ")
  }

  private static func arrow(_ measure: MeasureDescription) -> HTML {
    switch measure.preference {
    case .larger: "&nbsp;<span title=\"more is better\" aria-label=\"more is better\">↑</span>"
    case .smaller: "&nbsp;<span title=\"less is better\" aria-label=\"less is better\">↓</span>"
    case nil: .empty
    }
  }

  private var scoreCharts: HTML {
    let charts = comparison.measures.filter { $0.preference != nil }.map(comparison.chart)
      .filter { !$0.isEmpty }
    guard !charts.isEmpty else { return .empty }
    let figures = charts.enumerated().map { index, chart in
      chart.figure(fileName: "scores-\(index + 1).csv")
    }
    return "<h3>Scores</h3><div class=\"charts\">\(figures)</div>"
  }

  private var figures: HTML {
    let figures = comparison.groups.flatMap(\.members).compactMap { index, contents in
      PictureFigure.key(
        of: contents, caption: "<a href=\"#run-\(index + 1)\"><bdi>\(contents.run.name)</bdi></a>")
    }
    guard !figures.isEmpty else { return .empty }
    return """
      <h3>What each learned</h3>
      <p class="note">Rows: originals, their reconstructions, then what the latents that carry most do, each with what it carries.</p>
      <div class="pictures wide">\(figures)</div>
      """
  }
}
