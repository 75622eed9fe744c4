import JointVAERuns

/// The frame of a page: head, title, list of contents, footer.
struct ReportPage {
  /// The heading.
  var title: String
  /// What it is about; an empty line begins a new paragraph.
  var introduction: String?
  /// The runs' names for the list of contents; empty for a single run.
  var names: [String]
  /// What stands between heading and footer.
  var sections: [HTML]
  /// What was missing.
  var missing: [String]

  /// Nothing from elsewhere: whatever a page's text may hold, a browser asks no other host for it.
  private static let policy: HTML =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  /// The whole document.
  var html: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="jointvae \(PackageVersion.current)">
    <link rel="icon" href="data:,">
    <title>\(title)</title>
    <style>
    \(Palette.pageStyle)
    \(ReportAsset.style)
    </style>
    </head>
    <body>
    <header>
    <div class="actions"><a class="skip" href="#content">Skip to the content</a>
    <button type="button" id="motion" hidden aria-pressed="false">Pause animations</button>
    <button type="button" id="theme" hidden>Dark theme</button></div>
    <h1><bdi>\(title)</bdi></h1>
    \(paragraphs)
    \(contents)
    </header>
    <main id="content">
    \(sections)
    \(remarks)
    </main>
    <footer>
    <p>How to read it: a nat is a unit of information, 1.44 bits. ln 10, about 2.3 nats, tell which of ten digits an image shows. What a \
    latent carries is how many nats its value tells about the image. Its KL is how far its values are from \
    those of the prior; it is at least what the latent carries, and may be more.</p>
    <p>Made by jointvae \(PackageVersion.current) from the files of the runs. KL and losses are in nats an image, means over a batch. \
    A latent is active from 0.1 nat.</p></footer>
    <script>
    \(ReportAsset.chartScript)
    \(ReportAsset.script)
    </script>
    </body>
    </html>
    """
  }

  private var paragraphs: [HTML] {
    (introduction ?? "").split(separator: "\n\n").map {
      "<p class=\"introduction\">\(String($0))</p>"
    }
  }

  private var contents: HTML {
    guard !names.isEmpty else { return .empty }
    let links = names.enumerated().map { index, name -> HTML in
      "<li><a href=\"#run-\(index + 1)\"><bdi>\(name)</bdi></a></li>"
    }
    return """
      <nav aria-label="Contents"><ul><li><a href="#comparison">Comparison</a></li>
      \(links)</ul></nav>
      """
  }

  private var remarks: HTML {
    guard !missing.isEmpty else { return .empty }
    let items = missing.map { "<li>\($0)</li>" as HTML }
    return """
      <section id="missing" class="card"><h2>What is missing</h2>
      <ul class="facts">\(items)</ul></section>
      """
  }
}
