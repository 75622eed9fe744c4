import JointVAEFiles

/// A table beside images that names their files, and their classes: `labels.csv`.
struct LabelTable {
  /// The table.
  let member: Int
  /// The class of each image that the table names.
  private(set) var classes: [Int: String] = [:]
  /// The part of each, where the table has a column of parts.
  private(set) var parts: [Int: PartName] = [:]
  /// What a user should know; a sentence.
  private(set) var remark: String?

  /// The tables among those of `holdings` that name images.
  ///
  /// - Parameter label: the column of the labels, as a user asks for it.
  static func all(_ holdings: Holdings, label: String?) throws -> [LabelTable] {
    guard !holdings.images.isEmpty, label != "none" else { return [] }
    let files = ImageNames(holdings)
    return try holdings.tables.prefix(100).compactMap {
      try LabelTable($0, holdings, files, label: label)
    }
  }

  private init?(
    _ member: Int, _ holdings: Holdings, _ files: ImageNames, label: String?
  ) throws {
    self.member = member
    let path = holdings.path(member)
    guard let rows = try? CSVRows(holdings.open(member)) else { return nil }
    var sample: [[String]] = []
    while sample.count < 200, let row = try? rows.next() { sample.append(row) }
    guard let first = sample.first, first.count > 1, first.count <= 2000,
      let column = files.column(in: sample)
    else { return nil }
    guard !Self.isOfPixels(sample, column) else { return nil }
    let hasHeader = files.members(first[column]).isEmpty
    let names = hasHeader ? first : nil
    let body = Array(sample.dropFirst(hasHeader ? 1 : 0)).filter { $0.count == first.count }
    let others = first.indices.filter { $0 != column }
    let partColumn = names.flatMap { names in
      others.first { index in
        ["split", "set", "subset", "partition", "usage", "part", "datasplit"]
          .contains(CSVColumns.plain(names[index]))
          && body.allSatisfy { PartName($0[index]) != nil }
      }
    }
    let choice = try LabelChoice(
      names: names, body: body, columns: others.filter { $0 != partColumn }, label: label,
      path: path)
    remark = choice.remark
    let ownPart = PartName(holdings.names[member].split(separator: "/").last ?? "")
    let all = try CSVRows(holdings.open(member))
    if hasHeader { _ = try all.next() }
    while let row = try all.next() {
      guard row.count > column else { continue }
      var found = files.members(row[column])
      if found.count > 1, let ownPart { found = found.filter { files.part($0) == ownPart.split } }
      guard found.count < 2 else {
        throw FileError(
          path,
          "names \(row[column].quoted) before line \(all.line), and there are \(found.count) images "
            + "of that name; write their folders before it")
      }
      guard let image = found.first else { continue }
      if let name = choice.className(of: row) {
        if let other = classes[image], !other.utf8.elementsEqual(name.utf8) {
          throw FileError(
            path,
            "gives \(row[column].quoted) the classes \(other.quoted) and \(name.quoted); expected one"
          )
        }
        classes[image] = name
      }
      if let partColumn, row.count > partColumn { parts[image] = PartName(row[partColumn]) }
    }
  }
}

extension LabelTable {
  /// Whether the rows are images whose pixels, numbers like the names of files, only seem to name files.
  private static func isOfPixels(_ rows: [[String]], _ column: Int) -> Bool {
    guard let first = rows.first, first.count > 16 else { return false }
    return rows.dropFirst().allSatisfy { row in
      let pixels = row.count { field in
        CSVNumber.whole(Array(field.utf8)).map { (0...255).contains($0) } ?? false
      }
      return row.indices.contains(column) && CSVNumber.whole(Array(row[column].utf8)) != nil
        && pixels >= row.count - 3
    }
  }
}

/// The images of a collection by their names, as tables write them: with or without folders and endings.
private struct ImageNames {
  private var byFile: [String: [Int]] = [:]
  private var byStem: [String: [Int]] = [:]
  private let names: [String]

  init(_ holdings: Holdings) {
    names = holdings.names
    for member in holdings.images {
      let file = String(names[member].split(separator: "/").last ?? "")
      byFile[file, default: []].append(member)
      byStem[Self.stem(file), default: []].append(member)
    }
  }

  private static func stem(_ file: String) -> String {
    file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
  }

  /// The images that a field names.
  func members(_ field: String) -> [Int] {
    let path = field.replacing("\\", with: "/").split(separator: "/").filter { $0 != "." }
    guard let file = path.last.map(String.init) else { return [] }
    let found = byFile[file] ?? byStem[file] ?? []
    guard found.count > 1, path.count > 1 else { return found }
    let folders = path.dropLast().joined(separator: "/") + "/"
    return found.filter { ("/" + names[$0]).contains("/" + folders) }
  }

  /// The part whose folder an image lies in.
  func part(_ member: Int) -> DataSplit? {
    names[member].split(separator: "/").dropLast().lazy.compactMap { PartName($0)?.split }.first
  }

  /// The column whose fields name images, all but the first one's and a few.
  func column(in rows: [[String]]) -> Int? {
    guard let first = rows.first, rows.count > 1 else { return nil }
    return first.indices.first { column in
      let found = rows.dropFirst().count { row in
        row.indices.contains(column) && !members(row[column]).isEmpty
      }
      return found * 2 > rows.count - 1
    }
  }
}

/// The column of a table that holds the classes of images.
private struct LabelChoice {
  private var column: Int?
  private var oneHot: [(column: Int, name: String)] = []
  private(set) var remark: String?

  init(
    names: [String]?, body: [[String]], columns: [Int], label: String?, path: String
  ) throws {
    let table = CSVColumnsOfTexts(names: names, rows: body)
    switch CSVLabelColumn(label) {
    case .first: column = columns.first
    case .last: column = columns.last
    case .number(let number): column = columns.first { $0 == number - 1 }
    case .named(let name):
      column = names.flatMap { names in
        columns.first { names[$0].lowercased() == name.lowercased() }
      }
    case .none: return
    case .automatic:
      column =
        table.namedLabel(columns) ?? (columns.count == 1 ? columns.first : nil)
      let others = columns.filter { !(names.map { CSVColumns.plain($0[0]) } == "") || $0 != 0 }
      if column == nil, let names, table.areOneHot(others) {
        oneHot = others.map { ($0, names[$0]) }
      }
    }
    guard column == nil, oneHot.isEmpty else { return }
    let shown = NameList.text(
      columns.map { names?[$0] ?? "\($0 + 1)" }.map(\.quoted))
    guard label == nil else {
      throw FileError(
        path, "has no column \((label ?? "").quoted) for the labels; expected one of \(shown)")
    }
    remark =
      "\(path) names the images, and none of its columns is called a label; it has \(shown). "
      + "Name one of them as the column of labels to take its classes."
  }

  func className(of row: [String]) -> String? {
    if let column {
      return row.indices.contains(column) && !row[column].isEmpty ? row[column] : nil
    }
    return oneHot.first {
      row.indices.contains($0.column) && CSVNumber.whole(Array(row[$0.column].utf8)) == 1
    }?
    .name
  }
}

/// Columns of texts by name.
private struct CSVColumnsOfTexts {
  let names: [String]?
  let rows: [[String]]

  func namedLabel(_ columns: [Int]) -> Int? {
    guard let names else { return nil }
    return CSVColumns.labelNames.lazy.compactMap { label in
      columns.first { CSVColumns.plain(names[$0]) == label }
    }.first
  }

  func areOneHot(_ columns: [Int]) -> Bool {
    guard columns.count > 1, !rows.isEmpty else { return false }
    return rows.allSatisfy { row in
      let values = columns.map { CSVNumber.whole(Array(row[$0].utf8)) }
      return values.allSatisfy { $0 == 0 || $0 == 1 } && values.count { $0 == 1 } == 1
    }
  }
}
