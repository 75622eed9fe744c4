import JointVAERuns

/// All that a page shows of one run.
struct RunSection {
  private let contents: RunContents
  private let number: Int
  private let showsKeyFigure: Bool
  private let showsName: Bool

  /// - Parameters:
  ///   - number: the run's place in the report, from 1.
  ///   - showsKeyFigure: whether its key figure is here and not in the comparison.
  ///   - showsName: whether it begins with the run's name; it need not where the page's title has it.
  init(_ contents: RunContents, number: Int, showsKeyFigure: Bool, showsName: Bool) {
    self.contents = contents
    self.number = number
    self.showsKeyFigure = showsKeyFigure
    self.showsName = showsName
  }

  /// The section.
  var html: HTML {
    let chips = contents.run.settings.map { setting -> HTML in
      "<li><bdi>\(setting.name)</bdi> <b><bdi>\(setting.value)</bdi></b></li>"
    }
    let head: HTML = """
      \(showsName ? "<h2><bdi>\(contents.run.name)</bdi></h2>" : .empty)
      \(chips.isEmpty ? .empty : "<ul class=\"chips\">\(chips)</ul>" as HTML)
      """
    guard !contents.isEmpty else {
      return """
        <section id="run-\(number)" class="card run">\(head)
        <p class="warning">There is nothing to show of this run. <a href="#missing">The end of the page</a> lists why.</p></section>
        """
    }
    return """
      <section id="run-\(number)" class="card run">
      \(head)
      \(observations)
      \(showsKeyFigure ? keyFigure : .empty)
      \(heading("Pictures"))
      \(PictureFigure.all(of: contents))
      \(heading("Curves"))
      \(RunCurves(contents).html(number: number))
      \(heading("Scores"))
      \(ScoresSection(contents).html)
      \(restarts)
      \(settings)
      </section>
      """
  }

  /// The heading of a part, one level below what names the run.
  private func heading(_ text: String) -> HTML {
    showsName ? "<h3>\(text)</h3>" : "<h2 class=\"part\">\(text)</h2>"
  }

  private var restarts: HTML {
    contents.restarts.map { "\(heading("Restarts"))\n\(RestartsSection($0).html)" } ?? .empty
  }

  private var observations: HTML {
    let seen = RunObservations(contents)
    let facts: HTML =
      seen.facts.isEmpty ? .empty : "<p class=\"seen\">\(seen.facts.joined(separator: " "))</p>"
    return "\(facts)\(seen.warnings.map { "<p class=\"warning\">\($0)</p>" as HTML })"
  }

  private var keyFigure: HTML {
    let caption: HTML =
      "Originals, reconstructions, and the latents that carry most, each with what it carries"
    return PictureFigure.key(of: contents, caption: caption)
      .map { "<div class=\"pictures key\">\($0)</div>" } ?? .empty
  }

  private var settings: HTML {
    guard let configuration = contents.configuration else { return .empty }
    let rows = ReportSetting.all.map { setting -> HTML in
      "<tr><th scope=\"row\">\(setting.name)</th><td><bdi>\(setting.value(configuration))</bdi></td></tr>"
    }
    return """
      <details><summary>All settings</summary>
      <div class="scroll" role="group" tabindex="0" aria-label="Settings"><table class="plain"><tbody>\(rows)
      <tr><th scope="row">folder</th><td><bdi>\(contents.run.folder.path)</bdi></td></tr></tbody></table></div>
      </details>
      """
  }
}
