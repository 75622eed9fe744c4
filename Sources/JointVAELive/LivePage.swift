import JointVAEReport
import JointVAERuns

/// The page itself; all that changes comes by events.
enum LivePage {
  /// It loads nothing but its own events.
  static let policy =
    "default-src 'none'; connect-src 'self'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  /// The document.
  static let html: String = {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="jointvae \(PackageVersion.current)">
      <link rel="icon" href="data:,">
      <title>Live training</title>
      <style>
      \(Palette.pageStyle)
      \(file: text(PackageResources.live_css))
      </style>
      </head>
      <body>
      \(file: text(PackageResources.live_html))
      <script>
      \(ReportAsset.chartScript)
      \(file: text(PackageResources.live_js))
      </script>
      </body>
      </html>

      """
    return page.markup
  }()

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
