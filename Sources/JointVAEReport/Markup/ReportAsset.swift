/// A file of the folder Assets, which the build puts into the program.
package enum ReportAsset: CaseIterable {
  /// report.css: the page.
  case style
  /// chart.css: charts, on a page or alone.
  case charts
  /// page.css: what all pages have in common, on screens of any width.
  case page
  /// chart.js: values under the pointer.
  case chartScript
  /// report.js: theme and motion.
  case script

  /// The file's text.
  package var text: String {
    let bytes =
      switch self {
      case .style: PackageResources.report_css
      case .charts: PackageResources.chart_css
      case .page: PackageResources.page_css
      case .chartScript: PackageResources.chart_js
      case .script: PackageResources.report_js
      }
    return String(decoding: bytes, as: UTF8.self)
  }
}
