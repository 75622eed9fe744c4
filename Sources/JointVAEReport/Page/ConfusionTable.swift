import JointVAEFiles
import JointVAEMetrics

/// A confusion matrix as a table in which a cell is the darker the larger its share of the class.
struct ConfusionTable {
  private let scores: LabelScores

  init(_ scores: LabelScores) { self.scores = scores }

  /// Categories from left to right by the class they mostly are, so that a good model's matrix is dark along its diagonal.
  var categories: [Int] {
    let last = scores.confusion.classNames.count
    return scores.majorityMap.indices.sorted { first, second in
      let (a, b) = (scores.majorityMap[first] ?? last, scores.majorityMap[second] ?? last)
      return a == b ? first < second : a < b
    }
  }

  /// The table with its caption, in a box of its own that scrolls.
  var html: HTML {
    let confusion = scores.confusion
    let order = categories
    let heads = order.map { category -> HTML in
      let mostly = scores.majorityMap[category].map { confusion.classNames[$0] } ?? "no image"
      return "<th scope=\"col\">\(category)<small><bdi>\(mostly)</bdi></small></th>"
    }
    let rows = zip(confusion.classNames, zip(confusion.counts, confusion.classSizes)).map {
      name, row -> HTML in
      let cells = order.map { cell(row.0[$0], of: row.1) }
      return "<tr><th scope=\"row\"><bdi>\(name)</bdi></th>\(cells)</tr>"
    }
    return """
      <div class="scroll" role="group" tabindex="0" aria-label="Confusion matrix"><table class="confusion">
      <caption>Images by class (rows) and category of c\(scores.variable) (columns, with the class most of its images have)</caption>
      <thead><tr><td></td>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func cell(_ count: Int, of size: Int) -> HTML {
    let share = size > 0 ? Double(count) / Double(size) : 0
    let percent = NumberText.decimal(100 * share, 1)
    return """
      <td style="--share:\(percent)%" title="\(percent) % of the class">\(NumberText.count(count))</td>
      """
  }
}
