import JointVAEFiles

/// What the columns of a CSV of images hold.
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

  /// The column called `name`, ignoring case.
  /// - Throws: `FileError` with the names there are.
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

  /// `1 column`, `2 columns`.
  static func columns(_ count: Int) -> String { "\(count) column\(count == 1 ? "" : "s")" }
}

/// Which column of a CSV holds the labels.
package enum CSVLabelColumn: Hashable, Sendable {
  /// The one that the table speaks for: see `CSVSurvey`.
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
