import JointVAERuns

/// The seeds among which a run was chosen.
struct RestartsSection {
  private let table: RestartTable

  init(_ table: RestartTable) { self.table = table }

  /// A sentence and a row a seed.
  var html: HTML {
    let heads = table.headings.map { "<th scope=\"col\">\($0)</th>" as HTML }
    let rows = table.candidates.map { candidate -> HTML in
      let cells = table.cells(of: candidate)
      let numbers = cells.dropFirst().map { "<td class=\"number\">\($0)</td>" as HTML }
      return """
        <tr><th scope="row">\(cells.first ?? "")</th>\(numbers)<td>\(table.remark(on: candidate))</td></tr>
        """
    }
    return """
      <p class="note">\(table.sentence)</p>
      <div class="scroll" role="group" tabindex="0" aria-label="Restarts"><table class="plain">
      <thead><tr>\(heads)<td></td></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
