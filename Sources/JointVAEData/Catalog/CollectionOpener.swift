import JointVAEFiles

/// Opens a folder or archive: images, or tables or arrays of images.
struct CollectionOpener {
  let request: DataSetRequest
  let known: KnownDataSet?

  private var layout: CollectionLayout {
    if case .files(let layout) = known?.source { layout } else { .folders }
  }

  /// The images of `holdings`, of the kind that the known data set has, or that they are of.
  ///
  /// - Throws: `FileError` when there are none, or several kinds, or one of them is damaged.
  func source(_ holdings: Holdings) throws -> DataSource {
    let labelTables =
      layout.labels == .folders && holdings.idxImages.isEmpty
      ? try LabelTable.all(holdings, label: request.labelColumn) : []
    let tables = try TableSet(
      holdings, label: request.labelColumn, known: known,
      // Among images and arrays, a table of a few numbers is hardly one of images.
      leastPixelCount: holdings.images.isEmpty && holdings.arrays.isEmpty ? 1 : 16,
      skipped: Set(labelTables.map(\.member)))
    var kinds: [DataKind] = []
    if !holdings.idxImages.isEmpty { kinds.append(.idx) }
    if !holdings.arrays.isEmpty { kinds.append(.arrays) }
    if !tables.pixels.isEmpty || isArabic(holdings) { kinds.append(.tables) }
    if !holdings.images.isEmpty { kinds.append(.images) }
    let (kind, remarks) = try choice(of: kinds, holdings, tables, labelTables)
    switch kind {
    case .images: return try images(holdings, labelTables, remarks)
    case .idx:
      let pair = try IDXSet(holdings, known: known).pair(of: request.wantedSplit)
      let reader = try IDXImages(
        holdings.open(pair.images), labels: pair.labels.map(holdings.open), known: known)
      return .array(reader, split: pair.split, remarks: remarks)
    case .arrays: return try arrays(holdings, remarks)
    case .tables:
      if isArabic(holdings), let reader = try arabic(holdings) {
        return .array(reader, split: request.wantedSplit, remarks: remarks)
      }
      let choice = try tables.choice(of: request.wantedSplit, known: known)
      return .array(
        try tables.reader(choice), split: choice.split, remarks: remarks + choice.remarks)
    }
  }

  // MARK: The choice

  private func choice(
    of kinds: [DataKind], _ holdings: Holdings, _ tables: TableSet, _ labelTables: [LabelTable]
  ) throws -> (DataKind, remarks: [String]) {
    let path = holdings.collection.path
    let wanted = known.map { known in known.kinds.filter(kinds.contains) } ?? kinds
    guard let first = wanted.first else {
      if kinds.isEmpty, let stranger = stranger(among: holdings) { throw stranger }
      // A table alone is refused for what is wrong with it.
      if kinds.isEmpty, holdings.tables.count == 1, let problem = tables.problems.first?.value {
        throw problem
      }
      throw FileError(
        path,
        "holds no images; expected \(known?.origin?.files ?? "\(FileFormat.readImages) files")")
    }
    if known == nil, first != .images, kinds.contains(.images), !holdings.hasFewImages {
      let packed = packedNames(first, holdings, tables)
      throw FileError(
        path,
        "holds \(NumberText.count(holdings.images.count, "image")) and \(first.words) of images, such as "
          + "\(packed.first ?? ""); pass the path of one of the two, such as "
          + "\(path)/\(packed.first ?? "")")
    }
    var remarks: [String] = []
    for other in kinds where other != first {
      var names = packedNames(other, holdings, tables)
      if other == .tables, names.isEmpty {
        // The tables of Arabic letters hold images and labels apart, which no table of the set's own does.
        let used = Set(labelTables.map(\.member))
        names = holdings.tables.filter { !used.contains($0) }.map { holdings.names[$0] }
      }
      guard !names.isEmpty else { continue }
      remarks.append(
        other == .images
          ? LeftOut.images(names, beside: "the \(first.words)")
          : "Left out \(other.words) of images beside the \(first.words): \(NameList.text(names)).")
    }
    return (first, remarks)
  }

  /// The error about a file that is no table, whatever its name, or of a format of other programs.
  private func stranger(among holdings: Holdings) -> FileError? {
    for (member, name) in holdings.names.enumerated() {
      guard let format = holdings.contents.unpacked(member), !format.isImage else { continue }
      let isTable = FileName.isTable(name)
      // Pages lie beside many downloads.
      guard isTable || format.isForeign && format != .html else { continue }
      return FileError(
        holdings.path(member),
        "is \(format); expected \(isTable ? "a table (CSV)" : "images")"
          + (format.advice.map { ": \($0)" } ?? ""))
    }
    return nil
  }

  private func packedNames(
    _ kind: DataKind, _ holdings: Holdings, _ tables: TableSet
  ) -> [String] {
    let members =
      switch kind {
      case .idx: holdings.idxImages
      case .arrays: holdings.arrays
      case .tables: tables.pixels.map(\.member)
      case .images: holdings.images
      }
    return members.map { holdings.names[$0] }
  }

  // MARK: Kinds

  private func images(
    _ holdings: Holdings, _ tables: [LabelTable], _ remarks: [String]
  ) throws -> DataSource {
    let path = holdings.collection.path
    var index = try CollectionIndex(
      holdings.names, isImage: holdings.contents.isImage, layout: layout, path: path,
      tables: tables, takesTables: request.labelColumn != nil)
    index.add(remarks + tables.compactMap(\.remark))
    index.skippedFiles = holdings.unread(besides: Set(tables.map(\.member)))
    try index.requireFiles(in: holdings.collection.emptyFolders, layout: layout, at: path)
    return .collection(holdings.collection, index)
  }

  private func arrays(_ holdings: Holdings, _ remarks: [String]) throws -> DataSource {
    let path = holdings.collection.path
    let names = holdings.arrays.map { holdings.names[$0] }
    func open(_ name: String) throws -> any ByteSource {
      guard let member = holdings.names.firstIndex(of: name) else {
        throw FileError(path, "holds no \(name.quoted)")
      }
      return try holdings.open(member)
    }
    let set = ArraySet(names, split: request.wantedSplit, open: open)
    let split = set.hasParts ? request.wantedSplit : nil
    if let split, !set.splits.contains(split) {
      throw MissingPart(path, split, there: set.splits.map(\.rawValue))
    }
    if let classes = set.classes {
      let readers = try classes.map {
        (name: $0.className, images: try NPYImages(source: open($0.member)))
      }
      return .array(
        try CombinedImages(classes: readers, values: request.preparation.values), split: split,
        remarks: remarks + ["Each array was taken for the images of a class."])
    }
    let images = try NPZImages(
      path: path, members: names, split: request.wantedSplit, open: open)
    return .array(images, split: split, remarks: remarks)
  }

  private func isArabic(_ holdings: Holdings) -> Bool {
    layout.labels == .numberInFileName && !holdings.tables.isEmpty
  }

  private func arabic(_ holdings: Holdings) throws -> ArabicTables? {
    try ArabicTables(
      holdings.names, split: request.wantedSplit, path: holdings.collection.path
    ) { name in
      guard let member = holdings.names.firstIndex(of: name) else {
        throw FileError(holdings.collection.path, "holds no \(name.quoted)")
      }
      return try holdings.open(member)
    }
  }
}
