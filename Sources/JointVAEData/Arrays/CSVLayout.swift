import JointVAEFiles

/// What the columns of a CSV of images hold.
///
/// By default a column named `label`, `class` or `target` holds the labels, or the only one
/// whose first field is not a number. Otherwise the number of columns decides, in this order: 1 + n²
/// is a label before a gray image n pixels wide, n² such an image alone; 1 + 3n² and 3n² are the
/// same of red, green and blue images.
struct CSVLayout: Equatable {
  /// The number of columns of every row.
  var columnCount: Int
  /// The column of the labels, counted from 0; nil when there is none.
  var label: Int?
  /// The shape of an image: all other columns, `[y, x, channel]`.
  var shape: ArrayImageShape
  /// Columns that are neither: numbers of rows, nothing behind the last comma.
  var unused: Set<Int> = []
  /// Columns of which the one that is 1 is the class; nil when there are none.
  var oneHot: Range<Int>?
  /// The names of the classes of these columns, where they have some.
  var classNames: [String]?

  /// A layout that is known.
  init(columnCount: Int, label: Int?, shape: ArrayImageShape, unused: Set<Int>) {
    (self.columnCount, self.label) = (columnCount, label)
    (self.shape, self.unused) = (shape, unused)
  }

  /// Whether there are labels of any kind.
  var hasLabels: Bool { label != nil || oneHot != nil }

  /// The columns that hold no pixels, in their order.
  var otherColumns: [Int] {
    (unused + (label.map { [$0] } ?? []) + (oneHot.map(Array.init) ?? [])).sorted()
  }

  /// What was found in the first row, and what is wanted.
  struct Evidence {
    var columnCount: Int
    /// The names of the columns; nil without a header.
    var names: [String]?
    /// The only column of a first row without header whose field is not a number.
    var textColumn: Int?
    var wantedLabel: CSVLabelColumn
    /// Nil for the square root of what there is.
    var wantedShape: ArrayImageShape?
  }

  /// The layout that `evidence` speaks for.
  ///
  /// - Throws: `FileError` naming what to pass when there is none.
  init(_ evidence: Evidence, path: String) throws {
    columnCount = evidence.columnCount
    if let wanted = evidence.wantedShape, !wanted.isWithinLimits {
      throw FileError(
        path,
        "cannot be read as images of \(wanted.width)x\(wanted.height) pixels of \(wanted.channels) "
          + "values; expected sides of 1 to \(DataLimits.largestSide) and 1 or 3 values")
    }
    let labels = try Self.labels(evidence, path)
    for channels in [1, 3] {
      for label in labels {
        let pixelCount = columnCount - (label == nil ? 0 : 1)
        if let shape = Self.shape(pixelCount, channels, wanted: evidence.wantedShape) {
          (self.label, self.shape) = (label, shape)
          return
        }
      }
    }
    throw FileError(path, Self.complaint(labels, evidence))
  }

  /// The columns that may be the labels', nil for none, the likeliest first: one, unless the number
  /// of columns is to decide.
  private static func labels(_ evidence: Evidence, _ path: String) throws -> [Int?] {
    let columnCount = evidence.columnCount
    switch evidence.wantedLabel {
    case .none: return [nil]
    case .first: return [0]
    case .last: return [columnCount - 1]
    case .number(let number):
      guard (1...columnCount).contains(number) else {
        throw FileError(
          path, "has no column \(number) for the labels; expected 1 to \(columnCount)")
      }
      return [number - 1]
    case .named(let name):
      return [try column(named: name, among: evidence.names, path)]
    case .automatic:
      let usual = evidence.names?.firstIndex {
        ["label", "class", "target"].contains($0.lowercased())
      }
      return (usual ?? evidence.textColumn).map { [$0] } ?? [0, nil]
    }
  }

  private static func shape(
    _ pixelCount: Int, _ channels: Int, wanted: ArrayImageShape?
  ) -> ArrayImageShape? {
    guard let wanted else { return ArrayImageShape(squareOf: pixelCount, channels: channels) }
    return wanted.channels == channels && wanted.valueCount == pixelCount ? wanted : nil
  }

  static func column(
    named name: String, among names: [String]?, _ path: String
  ) throws -> Int {
    guard let names else {
      throw FileError(
        path,
        "has no header, so no column is named \(name.quoted); pass the label's column by its number"
      )
    }
    if let column = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) {
      return column
    }
    let guess = NearestName.of(name, among: names).map { "; did you mean \($0.quoted)?" } ?? ";"
    let shown = names.prefix(5).map(\.quoted).joined(separator: ", ")
    throw FileError(
      path,
      "has no column \(name.quoted)\(guess) its columns are \(shown)"
        + (names.count > 5 ? " and \(names.count - 5) more" : ""))
  }

  private static func complaint(_ labels: [Int?], _ evidence: Evidence) -> String {
    var found = "has \(columns(evidence.columnCount))"
    if labels.count == 1, let column = labels[0] { found += ", number \(column + 1) for the label" }
    if let wanted = evidence.wantedShape {
      return found
        + "; images of \(wanted.width)x\(wanted.height) pixels of \(wanted.channels) values take "
        + "\(wanted.valueCount) columns, and one more for a label"
    }
    return found
      + "; expected those of a square image, gray or RGB, and one more for a label: say which column "
      + "holds labels, or the size of the images, and separate by commas, semicolons or tabs"
  }

  /// `1 column`, `2 columns`.
  static func columns(_ count: Int) -> String { "\(count) column\(count == 1 ? "" : "s")" }
}

/// Which column of a CSV holds the labels.
package enum CSVLabelColumn: Hashable, Sendable {
  /// The column whose name is `label`, `class` or `target`, or, without such a name, what the number
  /// of columns says: see `CSVLayout`.
  case automatic
  case first
  case last
  /// By its place, counted from 1.
  case number(Int)
  /// By its name in the header, ignoring case.
  case named(String)
  /// All columns are pixels.
  case none

  /// What a user asks for: a name, a number from 1, `first`, `last` or `none`; nil for what the table shows.
  init(_ text: String?) {
    self =
      switch text {
      case nil: .automatic
      case "first": .first
      case "last": .last
      case "none": .none
      case let name?: Int(name).map { .number($0) } ?? .named(name)
      }
  }
}
