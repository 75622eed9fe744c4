import JointVAEReports

/// All that a page shows of one run.
struct RunSection {
  private let contents: RunContents
  private let number: Int
  private let showsKeyFigure: Bool

  /// - Parameters:
  ///   - number: the run's place in the report, from 1.
  ///   - showsKeyFigure: whether its key figure is here and not in the comparison.
  init(_ contents: RunContents, number: Int, showsKeyFigure: Bool) {
    self.contents = contents
    self.number = number
    self.showsKeyFigure = showsKeyFigure
  }

  /// The section.
  var html: HTML {
    let chips = contents.run.settings.map { setting -> HTML in
      "<li><bdi>\(setting.name)</bdi> <b><bdi>\(setting.value)</bdi></b></li>"
    }
    let head: HTML = """
      <h2><bdi>\(contents.run.name)</bdi></h2>
      \(chips.isEmpty ? .empty : "<ul class=\"chips\">\(chips)</ul>" as HTML)
      """
    guard !contents.isEmpty else {
      return """
        <section id="run-\(number)" class="card run">\(head)
        <p class="warning">There is nothing to show of this run.</p>\(missing)</section>
        """
    }
    return """
      <section id="run-\(number)" class="card run">
      \(head)
      \(observations)
      \(showsKeyFigure ? keyFigure : .empty)
      <h3>Pictures</h3>
      \(PictureFigure.all(of: contents))
      <h3>Curves</h3>
      \(RunCurves(contents).html(number: number))
      <h3>Scores</h3>
      \(ScoresSection(contents).html)
      \(contents.restarts.map { RestartsSection($0).html } ?? .empty)
      \(settings)
      \(missing)
      </section>
      """
  }

  private var observations: HTML {
    let seen = RunObservations(contents)
    let facts: HTML =
      seen.facts.isEmpty ? .empty : "<p class=\"seen\">\(seen.facts.joined(separator: " "))</p>"
    return "\(facts)\(seen.warnings.map { "<p class=\"warning\">\($0)</p>" as HTML })"
  }

  private var keyFigure: HTML {
    let caption: HTML =
      "Originals, reconstructions, and the latents that carry most, each with its KL in nats"
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
      <div class="scroll" role="region" tabindex="0" aria-label="Settings"><table class="plain"><tbody>\(rows)
      <tr><th scope="row">folder</th><td><bdi>\(contents.run.folder.path)</bdi></td></tr></tbody></table></div>
      </details>
      """
  }

  private var missing: HTML {
    guard !contents.missing.isEmpty else { return .empty }
    let items = contents.missing.map { "<li>\($0)</li>" as HTML }
    return
      "<details class=\"missing\"><summary>What is missing: \(contents.missing.count)</summary><ul>\(items)</ul></details>"
  }
}
