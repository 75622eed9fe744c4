/// Which column of a CSV holds the labels.
package enum CSVLabelColumn: Equatable, Sendable {
  /// The column whose name is `label`, `class` or `target`, or, without such a name, what the number
  /// of columns says: see `CSVLayout`.
  case automatic
  case first
  case last
  /// By its place, counted from 1.
  case number(Int)
  /// By its name in the header, capitals not told apart.
  case named(String)
  /// All columns are pixels.
  case none
}
