import JointVAEData
import JointVAEFiles

/// What a cache of prepared images holds, in lines for people.
package struct CacheList {
  private let cache: PreparedCache

  /// The list of `cache`.
  package init(_ cache: PreparedCache) { self.cache = cache }

  /// The folder, then a line for each data set, then the sum.
  package var text: String {
    let entries = cache.entries()
    guard !entries.isEmpty else { return "\(cache.folder) holds no prepared images" }
    let rows = entries.map { entry in
      [
        entry.dataSet, entry.part, "\(entry.count) images", "\(entry.imageShape)",
        NumberText.megabytes(entry.byteCount),
      ]
    }
    let total = entries.map(\.byteCount).reduce(0, +)
    return "\(cache.folder)\n\(TextTable(rows).text)\n\(NumberText.megabytes(total)) in all"
  }
}
