import JointVAEFiles

/// Finds the column of the labels in a table of images.
struct CSVLabelFinder {
  let columns: CSVColumns
  let path: String
  /// The bytes of the table, from its start.
  let open: () throws -> any ByteSource

  /// What was found, and what of it was guessed.
  typealias Found = (layout: CSVLayout, remark: String?)

  /// The layout with the column that a user names.
  func wanted(_ label: CSVLabelColumn) throws -> Found {
    let used = columns.used
    let column: Int?
    switch label {
    case .none: column = nil
    case .first: column = used.first
    case .last: column = used.last
    case .number(let number):
      guard (1...columns.count).contains(number) else {
        throw FileError(
          path, "has no column \(number) for the labels; expected 1 to \(columns.count)")
      }
      column = number - 1
    case .named(let name): column = try CSVLayout.column(named: name, among: columns.names, path)
    case .automatic: return try found()
    }
    guard let column else {
      if let layout = layout(label: nil, besides: []) { return (layout, nil) }
      // What cannot be a pixel is left out when labels are not wanted.
      let others = columns.oddColumns ?? used.filter { columns.isText($0) || isIndex($0) }
      if let layout = layout(label: nil, besides: others) { return (layout, nil) }
      throw complaint(nil)
    }
    return (try layout(labeled: column), nil)
  }

  /// The layout that the table speaks for.
  func found() throws -> Found {
    if let column = columns.namedLabels.first {
      let name = columns.names?[column] ?? ""
      let isUsual = ["label", "labels", "class", "target"].contains(name.lowercased())
      return (try layout(labeled: column), isUsual ? nil : note(column))
    }
    if let found = try foundByNames() { return found }
    let texts = columns.used.filter { columns.isText($0) && !columns.isNamedIndex($0) }
    if texts.count == 1, let layout = try? layout(labeled: texts[0]) {
      return (layout, columns.names == nil ? nil : note(texts[0]))
    }
    return try foundByValues()
  }

  // MARK: By names

  private func foundByNames() throws -> Found? {
    guard let odd = columns.oddColumns, !odd.isEmpty else { return nil }
    let labels = odd.filter { !columns.isNamedIndex($0) && !columns.countsRows($0, atLeast: 20) }
    if labels.count == 1 {
      return (try layout(labeled: labels[0]), note(labels[0]))
    }
    if let layout = oneHot(labels, unused: Set(odd).subtracting(labels)) {
      return (layout, noteOneHot(labels))
    }
    guard labels.isEmpty else {
      let shown = NameList.text(labels.map { (columns.names?[$0] ?? "").quoted })
      throw FileError(
        path, "has columns that are no pixels, and none of a name that labels have: \(shown)",
        remedy: .nameLabels)
    }
    // Nothing but the numbers of the rows.
    return layout(label: nil, besides: odd).map { ($0, nil) }
  }

  // MARK: By values

  private func foundByValues() throws -> Found {
    let used = columns.used
    if let layout = layout(label: nil, besides: []) { return (layout, nil) }
    if isImage(used.count - 1) {
      if columns.countsRows(used[0], atLeast: 20), !columns.rows.isEmpty,
        let layout = layout(label: nil, besides: [used[0]])
      {
        return (
          layout, "The first column counts the rows; it was taken for neither label nor pixel."
        )
      }
      return try foundAtEdge(used)
    }
    if isImage(used.count - 2), columns.countsRows(used[0], atLeast: 3) {
      return try foundAtEdge(Array(used.dropFirst()))
    }
    for count in 2..<max(2, min(used.count - 3, 1000)) where isImage(used.count - count) {
      for labels in [Array(used.suffix(count)), Array(used.prefix(count))] {
        if let layout = oneHot(labels, unused: []) { return (layout, noteOneHot(labels)) }
      }
    }
    throw complaint(nil)
  }

  /// The first of `used` or the last: the one whose values are no pixels beside its neighbor's.
  private func foundAtEdge(_ used: [Int]) throws -> Found {
    guard let (first, last) = used.first.flatMap({ one in used.last.map { (one, $0) } }),
      used.count >= 4
    else { throw complaint(nil) }
    var edges = CSVEdges()
    for row in columns.rows where row.count == columns.count {
      edges.add(
        first: (row[first], row[used[1]]), last: (row[last], row[used[used.count - 2]]))
    }
    if edges.decision == nil { edges = try allEdges(used) }
    switch edges.decision {
    case .first: return (try layout(labeled: first), note(first))
    case .last: return (try layout(labeled: last), note(last))
    case nil:
      throw FileError(
        path,
        "has \(CSVLayout.columns(columns.count)), one more than an image, and the values show no "
          + "difference between the first and the last", remedy: .nameLabels)
    }
  }

  /// The values of the whole table, where its first rows are all alike, as those of a table sorted by class are.
  private func allEdges(_ used: [Int]) throws -> CSVEdges {
    var edges = CSVEdges()
    let rows = try CSVRows(open())
    if columns.hasHeader { _ = try rows.next() }
    let behind = columns.count - 1 - (used.last ?? 0)
    let width = max(used[0] + 2, behind + 2)
    while let (start, end) = try rows.nextEdges(width) {
      guard start.count == width, end.count == width else { continue }
      edges.add(
        first: (start[used[0]], start[used[0] + 1]),
        last: (end[width - 1 - behind], end[width - 2 - behind]))
    }
    return edges
  }

  // MARK: Layouts

  private func layout(labeled column: Int) throws -> CSVLayout {
    if let layout = layout(label: column, besides: []) { return layout }
    // Other columns that are no pixels: the rows' numbers, names of classes beside their numbers.
    let odd = columns.oddColumns ?? []
    let others = columns.used.filter {
      $0 != column && (odd.contains($0) || columns.isText($0) || isIndex($0))
    }
    if let layout = layout(label: column, besides: others) { return layout }
    throw complaint(column)
  }

  private func isIndex(_ column: Int) -> Bool {
    columns.isNamedIndex(column) || (column == 0 && columns.countsRows(column, atLeast: 3))
  }

  private func layout(label: Int?, besides others: [Int]) -> CSVLayout? {
    let unused = columns.empty.union(others)
    let count = columns.count - unused.count - (label == nil ? 0 : 1)
    guard let shape = Self.shape(count) else { return nil }
    return CSVLayout(columnCount: columns.count, label: label, shape: shape, unused: unused)
  }

  private func oneHot(_ labels: [Int], unused: Set<Int>) -> CSVLayout? {
    guard let first = labels.first, let last = labels.last, last - first == labels.count - 1,
      columns.areOneHot(labels)
    else { return nil }
    let unused = columns.empty.union(unused)
    guard let shape = Self.shape(columns.count - unused.count - labels.count) else { return nil }
    var layout = CSVLayout(
      columnCount: columns.count, label: nil, shape: shape, unused: unused)
    layout.oneHot = first..<last + 1
    // Names that only count are not worth showing.
    if let names = columns.names.map({ names in labels.map { names[$0] } }),
      Set(names.map(CSVColumns.pattern)).count > 1
    {
      layout.classNames = names
    }
    return layout
  }

  private static func shape(_ count: Int) -> ArrayImageShape? {
    ArrayImageShape(squareOf: count) ?? ArrayImageShape(squareOf: count, channels: 3)
  }

  private func isImage(_ count: Int) -> Bool { Self.shape(count) != nil }

  // MARK: Words

  private func note(_ column: Int) -> String? {
    // A label before the pixels is what most tables have.
    guard column > 0 || columns.names != nil else { return nil }
    let name = columns.names.map { " " + $0[column].quoted } ?? ""
    let place = column == columns.count - 1 ? "The last column" : "Column \(column + 1)"
    return "\(place)\(name) was taken for the labels."
  }

  private func noteOneHot(_ labels: [Int]) -> String {
    "Columns \((labels.first ?? 0) + 1) to \((labels.last ?? 0) + 1), of which one is 1 in every row, "
      + "were taken for the labels."
  }

  private func complaint(_ label: Int?) -> FileError {
    let found =
      "has \(CSVLayout.columns(columns.count))"
      + (label.map { ", number \($0 + 1) for the label" } ?? "")
    return FileError(
      path,
      "\(found); expected those of a square image, gray or RGB, and one more for a label, "
        + "separated by commas, semicolons, tabs or spaces", remedy: .nameLabels)
  }
}
