import JointVAEFiles

/// The tables of a collection: which hold images, of which part, and which hold their labels.
struct TableSet {
  /// A table with an image in each row.
  struct Pixels {
    var member: Int
    var part: PartName.Purpose?
    var survey: CSVSurvey
  }

  /// A table of one column, as labels are kept beside images.
  struct Column {
    var member: Int
    var part: PartName.Purpose?
  }

  private(set) var pixels: [Pixels] = []
  private(set) var columns: [Column] = []
  /// Why the others are no tables of images.
  private(set) var problems: [Int: FileError] = [:]
  private let holdings: Holdings

  /// Tables that are looked at, at most.
  private static let limit = 100

  /// Looks at the tables of `holdings`.
  ///
  /// - Parameters:
  ///   - leastPixelCount: how many pixels images have, at least. Among other files, a table of a few numbers is
  ///     hardly one of images.
  ///   - skipped: tables of another kind.
  init(
    _ holdings: Holdings, label: String?, known: KnownDataSet?, leastPixelCount: Int,
    skipped: Set<Int> = []
  ) throws {
    self.holdings = holdings
    for member in holdings.tables.prefix(Self.limit) where !skipped.contains(member) {
      let part = Self.part(holdings.names[member])
      do {
        let survey = try CSVSurvey(label: CSVLabelColumn(label), usual: known?.labelColumn) {
          try holdings.open(member)
        }
        guard survey.layout.shape.valueCount >= leastPixelCount else {
          problems[member] = FileError(holdings.path(member), "holds too few numbers for images")
          continue
        }
        pixels.append(Pixels(member: member, part: part, survey: survey))
      } catch let error as FileError {
        if try isColumn(member) {
          columns.append(Column(member: member, part: part))
        } else {
          problems[member] = error
        }
      }
    }
  }

  private func isColumn(_ member: Int) throws -> Bool {
    guard let rows = try? CSVRows(holdings.open(member)) else { return false }
    for _ in 0..<4 {
      guard let row = try? rows.next() else { break }
      if row.count != 1 { return false }
    }
    return true
  }

  /// The part that the name of a table speaks of, or the folder it lies in.
  private static func part(_ name: String) -> PartName.Purpose? {
    let parts = name.split(separator: "/").map { component in
      // UCI calls the parts of a table by the ends of its names.
      component.hasSuffix(".tra")
        ? "train" : component.hasSuffix(".tes") ? "test" : String(component)
    }
    return parts.reversed().lazy.compactMap { PartName($0) }.first?.purpose
  }

  // MARK: The choice

  /// A table to read, and the one that its labels are in, if it has none itself.
  struct Choice {
    var pixels: Pixels
    var labels: Int?
    /// Nil where the tables are not divided into parts.
    var split: DataSplit?
    var remarks: [String] = []
  }

  /// The table of a part.
  ///
  /// - Throws: `FileError` when there is none, or more than one.
  func choice(of split: DataSplit, known: KnownDataSet?) throws -> Choice {
    let path = holdings.collection.path
    let meant = ofVariant(pixels, known)
    // One part alone is all there is.
    let all = meant.map(\.part)
    let parts = Set(all).count > 1 ? all.compactMap { $0 } : []
    var remarks: [String] = []
    let candidates: [Pixels]
    if parts.isEmpty {
      candidates = meant
    } else {
      func isWanted(_ part: PartName.Purpose) -> Bool { (part == .training) == (split == .train) }
      guard let part = parts.filter(isWanted).min(by: { $0.rawValue < $1.rawValue }) else {
        let there = Set(parts.map { $0 == .training ? "train" : "test" }).sorted()
        throw MissingPart(path, split, there: there)
      }
      candidates = meant.filter { $0.part == part }
      let others = meant.filter { $0.part == nil || isWanted($0.part ?? part) && $0.part != part }
      if !others.isEmpty {
        remarks.append(
          "Left out tables that are neither to train nor to test: "
            + NameList.text(others.map { holdings.names[$0.member] }) + ".")
      }
    }
    let (chosen, copies) = try distinct(candidates)
    if !copies.isEmpty {
      remarks.append(
        "Left out a copy of the same table: \(NameList.text(copies.map { holdings.names[$0] })).")
    }
    if let remark = chosen.survey.remark { remarks.append(remark) }
    return Choice(
      pixels: chosen, labels: try labels(of: chosen), split: parts.isEmpty ? nil : split,
      remarks: remarks)
  }

  /// Those of the set that is meant, where names speak of several: `emnist-letters-train.csv`.
  private func ofVariant(_ tables: [Pixels], _ known: KnownDataSet?) -> [Pixels] {
    guard let words = known?.idxVariant.map({ PartName.words(of: $0) }) else { return tables }
    let fits = tables.filter { table in
      Set(words).isSubset(of: PartName.words(of: holdings.names[table.member]))
    }
    return fits.isEmpty ? tables : fits
  }

  /// The one table there is, and its copies: Kaggle packs some twice.
  private func distinct(_ tables: [Pixels]) throws -> (Pixels, copies: [Int]) {
    let sorted = tables.sorted { one, other in
      holdings.names[one.member].split(separator: "/").count
        < holdings.names[other.member].split(separator: "/").count
    }
    guard let first = sorted.first else {
      throw FileError(holdings.collection.path, "holds no table of images")
    }
    for other in sorted.dropFirst() {
      guard try isCopy(other.member, of: first.member) else {
        throw FileError(
          holdings.collection.path,
          "holds several tables of images: "
            + NameList.text(sorted.map { holdings.names[$0.member] })
            + "; pass the path of one of them, such as \(holdings.path(first.member))")
      }
    }
    return (first, sorted.dropFirst().map(\.member))
  }

  private func isCopy(_ member: Int, of other: Int) throws -> Bool {
    let members = holdings.collection.members
    let packed = (holdings.contents[member] == .gzip, holdings.contents[other] == .gzip)
    guard packed.0 != packed.1 || members[member].byteCount == members[other].byteCount else {
      return false
    }
    return try holdings.open(member).next(1 << 20) == holdings.open(other).next(1 << 20)
  }

  /// The table of labels beside a table of images without labels.
  private func labels(of table: Pixels) throws -> Int? {
    guard !table.survey.layout.hasLabels else { return nil }
    let words: Set<String> = ["label", "labels", "y", "target", "targets", "class", "classes"]
    let found = columns.filter { column in
      let name = holdings.names[column.member].split(separator: "/").last ?? ""
      return column.part == table.part
        && PartName.words(of: name).contains(where: words.contains)
    }
    guard found.count > 1 else { return found.first?.member }
    throw FileError(
      holdings.collection.path,
      "holds several tables of labels: \(NameList.text(found.map { holdings.names[$0.member] })); "
        + "keep the one of \(holdings.names[table.member]) beside it")
  }

  /// Opens a table, with the labels of the other.
  func reader(_ choice: Choice) throws -> any ImageArrayReader {
    let images = try CSVImages(
      source: holdings.open(choice.pixels.member), survey: choice.pixels.survey)
    guard let labels = choice.labels else { return images }
    return try CombinedImages([images], labels: .all(Self.labels(holdings.open(labels))))
  }

  /// The labels of a table of one column, with or without a name for it.
  private static func labels(_ source: any ByteSource) throws -> ArrayLabels {
    let rows = try CSVRows(source)
    var texts: [String] = []
    while let row = try rows.next() {
      guard row.count == 1, row[0].utf8.count <= CSVLabels.longest else {
        throw FileError(
          source.path, "has another kind of row before line \(rows.line); expected a label each")
      }
      texts.append(row[0])
    }
    func numbers(_ texts: some Sequence<String>) -> [Int]? {
      var numbers: [Int] = []
      for text in texts {
        guard let number = CSVNumber.whole(Array(text.utf8)) else { return nil }
        numbers.append(number)
      }
      return numbers
    }
    if let all = numbers(texts) { return .numbers(all) }
    if let all = numbers(texts.dropFirst()) { return .numbers(all) }
    let names: Set<String> = ["label", "labels", "class", "target", "y"]
    return .names(
      texts.first.map { names.contains(CSVColumns.plain($0)) } == true
        ? Array(texts.dropFirst()) : texts)
  }
}
