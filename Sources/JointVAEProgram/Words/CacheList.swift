import JointVAEData
import JointVAEFiles

/// What a cache of prepared images holds, in lines for people.
package struct CacheList {
  private let cache: PreparedCache

  /// The list of `cache`.
  package init(_ cache: PreparedCache) { self.cache = cache }

  /// The folder, then a line for each data set, for what is being made and for what is damaged, then the sum.
  ///
  /// Files that killed processes left half written are removed, which a line says.
  package var text: String {
    let abandoned = cache.removeAbandoned()
    let (entries, rest) = (cache.entries(), cache.rest())
    var rows = entries.map { entry in
      [
        entry.dataSet, entry.part, "\(entry.count) images", "\(entry.imageShape)",
        NumberText.megabytes(entry.byteCount),
      ]
    }
    var total = entries.map(\.byteCount).reduce(0, +)
    for (files, words) in [
      (rest.unfinished, "being made"), (rest.damaged, "damaged or of another version"),
    ]
    where files.count > 0 {
      rows.append(
        [
          words, "", NumberText.count(files.count, "file"), "",
          NumberText.megabytes(files.byteCount),
        ])
      total += files.byteCount
    }
    let removed =
      abandoned.count > 0
      ? "\nremoved \(NumberText.count(abandoned.count, "file")) of "
        + "\(NumberText.megabytes(abandoned.byteCount)) that a killed process had left half written"
      : ""
    guard !rows.isEmpty else { return "\(cache.folder) holds no prepared images\(removed)" }
    return
      "\(cache.folder)\n\(TextTable(rows).text)\n\(NumberText.megabytes(total)) in all\(removed)"
  }
}
