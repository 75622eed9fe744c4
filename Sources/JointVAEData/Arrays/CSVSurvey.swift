import JointVAEFiles

/// What the columns of a table of images hold, found from its names and, where those show nothing, from its
/// values.
struct CSVSurvey {
  /// What every column holds.
  let layout: CSVLayout
  /// Whether the first row names the columns.
  let hasHeader: Bool
  /// What was guessed, a sentence; nil when there was nothing to guess.
  let remark: String?

  /// Looks at a table.
  ///
  /// - Parameters:
  ///   - wanted: the column of the labels.
  ///   - usual: that of a known data set, where the table has no names and none is wanted.
  ///   - open: the bytes of the table, from its start; called again where the first rows leave a doubt.
  /// - Throws: `FileError` when it is no table of images, or leaves a doubt which column holds the labels.
  init(
    label wanted: CSVLabelColumn, usual: CSVLabelColumn? = nil,
    open: @escaping () throws -> any ByteSource
  ) throws {
    let (columns, path) = try Self.columns(try open())
    hasHeader = columns.hasHeader
    var isUsual = false
    var label = wanted
    if wanted == .automatic, columns.names == nil, let usual {
      (label, isUsual) = (usual, true)
    }
    let finder = CSVLabelFinder(columns: columns, path: path, open: open)
    let found = try label == .automatic ? finder.found() : finder.wanted(label)
    layout = found.layout
    remark = isUsual ? nil : found.remark
  }

  /// Fields that are looked at, at most.
  private static let sampleFieldCount = 1 << 17

  private static func columns(
    _ source: any ByteSource
  ) throws -> (columns: CSVColumns, path: String) {
    let rows = try CSVRows(source)
    var sample: [[String]] = []
    var count = 0
    while count < sampleFieldCount || sample.count < 4, let row = try rows.next() {
      sample.append(row)
      count += row.count
    }
    guard let first = sample.first else {
      throw FileError(source.path, "is empty; expected a CSV with an image in each row")
    }
    return (CSVColumns(sample, header: CSVHeader(texts: first)), source.path)
  }
}
