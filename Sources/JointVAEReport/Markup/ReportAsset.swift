/// A file of the folder Assets, which the build puts into the program.
enum ReportAsset: CaseIterable {
  /// report.css: the page.
  case style
  /// chart.css: charts, on a page or alone.
  case charts
  /// report.js: theme, motion, and values under the pointer.
  case script

  /// The file's text.
  var text: String {
    let bytes =
      switch self {
      case .style: PackageResources.report_css
      case .charts: PackageResources.chart_css
      case .script: PackageResources.report_js
      }
    return String(decoding: bytes, as: UTF8.self)
  }
}
