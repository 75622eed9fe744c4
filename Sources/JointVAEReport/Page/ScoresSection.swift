import JointVAEFiles
import JointVAEMetrics

/// What was measured of one run.
struct ScoresSection {
  private let contents: RunContents

  init(_ contents: RunContents) { self.contents = contents }

  /// Scores and the confusion matrix, or how to make them.
  var html: HTML {
    guard let evaluation = contents.evaluation, let summary = try? SeedSummary([evaluation]) else {
      guard let command = contents.evaluationCommand else {
        return "<p class=\"note\">No scores were measured.</p>"
      }
      return """
        <p class="note">No scores were measured. Measure them with this command:</p>
        <pre><code>\(command)</code></pre>
        """
    }
    let rows = summary.measures.map { measure -> HTML in
      let shown = measure.description
      return """
        <tr><th scope="row">\(shown.titleWithUnit)</th><td class="number">\(NumberText.decimal(measure.mean, shown.decimals))</td></tr>
        """
    }
    let matrix = evaluation.accuracy.map { ConfusionTable($0).html } ?? .empty
    return """
      <p class="note">Measured on \(evaluation.measuredOn).</p>
      <div class="columns">
      <div class="scroll" role="group" tabindex="0" aria-label="Scores"><table class="plain"><tbody>\(rows)</tbody></table></div>
      \(matrix)
      </div>
      """
  }
}
