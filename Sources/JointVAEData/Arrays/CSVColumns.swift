/// The columns of a CSV, by the names and the first rows it has.
struct CSVColumns {
  /// The number of columns of a row.
  let count: Int
  /// The names of the columns; nil without a header whose names say something.
  let names: [String]?
  /// Whether the first row names the columns.
  let hasHeader: Bool
  /// Fields of rows, without the header.
  let rows: [[String]]
  /// The columns that are empty in every row, as those behind a comma at the end of each line.
  let empty: Set<Int>

  /// Looks at the first `rows`, of which the first may be a header.
  init(_ all: [[String]], header: CSVHeader) {
    hasHeader = header.names != nil
    rows = hasHeader ? Array(all.dropFirst()) : all
    let width = rows.first?.count ?? header.names?.count ?? 0
    count = width
    let even = rows.filter { $0.count == width }
    empty = Set(
      (0..<width).reversed().prefix { column in
        !even.isEmpty && even.allSatisfy { $0[column].isEmpty }
      })
    guard var found = header.names, !found.allSatisfy({ CSVNumber.isNumber(Array($0.utf8)) })
    else {
      names = nil
      return
    }
    // A program may name all columns but that of the rows' numbers, or end lines, but not the
    // first one, with a comma.
    if found.count + 1 == width {
      if empty.contains(width - 1) { found.append("") } else { found.insert("", at: 0) }
    }
    names = found.count == width ? found : nil
  }

  /// The columns that hold something.
  var used: [Int] { (0..<count).filter { !empty.contains($0) } }

  /// Whether a field of the column is text.
  func isText(_ column: Int) -> Bool {
    rows.contains { row in
      row.indices.contains(column) && !row[column].isEmpty
        && !CSVNumber.isNumber(Array(row[column].utf8))
    }
  }

  /// The whole numbers of a column; nil when it has anything else.
  func numbers(_ column: Int) -> [Int]? {
    var numbers: [Int] = []
    for row in rows {
      guard row.indices.contains(column), let number = CSVNumber.whole(Array(row[column].utf8))
      else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Whether the column counts the rows, from 0 or 1, and there are enough of them to know.
  func countsRows(_ column: Int, atLeast rowCount: Int) -> Bool {
    guard let numbers = numbers(column), numbers.count >= rowCount, let first = numbers.first,
      first == 0 || first == 1
    else { return false }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 }
  }

  /// Whether in every row one of `columns` is 1 and the others are 0.
  func areOneHot(_ columns: some Collection<Int>) -> Bool {
    guard columns.count > 1, !rows.isEmpty else { return false }
    return rows.allSatisfy { row in
      var ones = 0
      for column in columns {
        guard row.indices.contains(column) else { return false }
        switch CSVNumber.whole(Array(row[column].utf8)) {
        case 0: break
        case 1: ones += 1
        default: return false
        }
      }
      return ones == 1
    }
  }

  // MARK: Names

  /// A name without case and punctuation.
  static func plain(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The columns whose names are those of labels, the likeliest first.
  var namedLabels: [Int] {
    guard let names else { return [] }
    return Self.labelNames.compactMap { label in
      used.first { Self.plain(names[$0]) == label }
    }
  }

  /// Whether the name of a column is that of the rows' numbers or names.
  func isNamedIndex(_ column: Int) -> Bool {
    names.map { Self.indexNames.contains(Self.plain($0[column])) } ?? false
  }

  /// The columns whose names differ from what the others' have in common, as `kind` among `pixel0` to
  /// `pixel783`; nil when most have nothing in common.
  var oddColumns: [Int]? {
    guard let names else { return nil }
    let groups = Dictionary(grouping: used) { Self.pattern(names[$0]) }
    guard let most = groups.max(by: { $0.value.count < $1.value.count }), most.value.count >= 4,
      most.key.contains("#"), most.value.count * 5 >= used.count * 3
    else { return nil }
    return used.filter { Self.pattern(names[$0]) != most.key }
  }

  /// A name with `#` for its numbers.
  static func pattern(_ name: String) -> String {
    var pattern = ""
    for character in name.lowercased() {
      if !character.isNumber {
        pattern.append(character)
      } else if pattern.last != "#" {
        pattern.append("#")
      }
    }
    return pattern
  }

  static let labelNames = [
    "label", "labels", "class", "classes", "target", "targets", "y", "digit", "digits", "letter",
    "letters", "character", "characters", "category", "categories", "classid", "labelid",
    "classlabel", "classlabels", "classname", "labelname", "targetclass", "imagelabel", "symbol",
    "symbols", "emotion", "output", "groundtruth", "truth", "answer",
  ]
  private static let indexNames: Set<String> = [
    "", "unnamed0", "unnamed01", "index", "idx", "id", "imageid", "rowid", "row", "no", "number",
    "nr", "rownames", "x",
  ]
}
