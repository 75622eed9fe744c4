import JointVAEFiles

/// What the names of a collection's files show: which are images, of which part and class.
struct CollectionIndex {
  /// A file that is meant to be an image.
  struct Item: Hashable {
    /// Its number among the collection's members.
    var member: Int
    var split: DataSplit?
    /// The folder that makes it part of `split`.
    var part: String?
    /// Its class; nil when unknown.
    var className: String?
  }

  /// The images, in the order of the collection.
  private(set) var items: [Item] = []
  /// Files that are none.
  private(set) var skippedFileCount = 0
  /// What a user should know, each a sentence.
  private(set) var remarks: [String] = []
  /// The folders that have class folders somewhere below them; "" is the collection itself.
  private var classParents: Set<String> = []

  /// The index of files called `names`, paths with `/` between their parts.
  ///
  /// - Parameters:
  ///   - isImage: for each of them, whether it is an image.
  ///   - path: the collection, for errors.
  /// - Throws: `FileError` for a name without the label it should have.
  init(
    _ names: [String], isImage: [Bool], layout: CollectionLayout, path: String
  ) throws {
    var images: [(member: Int, folders: [Substring], file: Substring)] = []
    for (member, name) in names.enumerated() {
      let parts = name.split(separator: "/")
      guard isImage[member], let file = parts.last else {
        skippedFileCount += 1
        continue
      }
      images.append((member, Array(parts.dropLast()), file))
    }
    let depth = Self.commonDepth(images.map(\.folders))
    let isSplit =
      !images.isEmpty
      && images.allSatisfy { $0.folders.count > depth && Self.split($0.folders[depth]) != nil }
    // A single folder called train is a part, too.
    let last = depth - 1
    let isOnePart =
      !isSplit && depth > 0 && images.first.map { Self.split($0.folders[last]) != nil } ?? false
    var skippedClasses: [String: Int] = [:]
    for part in Self.parts(images.map(\.folders), depth: depth, isSplit: isSplit) {
      for index in part.indices {
        let (member, folders, file) = images[index]
        for count in folders.prefix(part.depth + 1).indices where layout.labels == .folders {
          classParents.insert(folders[..<count].joined(separator: "/"))
        }
        let partFolder = isSplit ? folders[depth] : isOnePart ? folders[last] : nil
        let folder = folders.count > part.depth ? String(folders[part.depth]) : nil
        if let folder, layout.skippedFolders.contains(folder.lowercased()) {
          skippedClasses[folder, default: 0] += 1
          continue
        }
        let className = try Self.className(folder, file, layout, "\(path)/\(names[member])")
        items.append(
          Item(
            member: member, split: partFolder.flatMap(Self.split),
            part: partFolder.map(String.init),
            className: className))
      }
    }
    items.sort { $0.member < $1.member }
    // Beside class folders there are often overviews and logos.
    let unlabeled = items.count { $0.className == nil }
    if unlabeled > 0 && unlabeled < items.count {
      items.removeAll { $0.className == nil }
      remarks.append("Left out \(unlabeled) images that lie in no class's folder.")
    }
    leaveOutThirdParts()
    if !skippedClasses.isEmpty {
      let folders = skippedClasses.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
      remarks.append(
        "Left out folders that repeat images of others: \(folders.joined(separator: ", ")).")
    }
  }

  /// The parts there are.
  var splits: [DataSplit] {
    DataSplit.allCases.filter { split in items.contains { $0.split == split } }
  }

  /// The images of a part, or all where there are no parts.
  ///
  /// - Parameter isRequired: whether there must be such a part.
  /// - Throws: `FileError` about `path` when there are no images, or none of that part.
  func items(of split: DataSplit, isRequired: Bool, at path: String) throws -> [Item] {
    guard !items.isEmpty else {
      throw FileError(path, "holds no images; expected PNG, JPEG or GIF files")
    }
    guard !splits.isEmpty else {
      if isRequired { throw Self.noParts(path) }
      return items
    }
    let found = items.filter { $0.split == split }
    guard !found.isEmpty else {
      throw FileError(
        path,
        "has no \(split.rawValue) part; it has \(splits.map(\.rawValue).joined(separator: ", "))")
    }
    return found
  }

  /// Makes sure that no class is lost because its folder is empty.
  ///
  /// - Parameters:
  ///   - folders: the collection's folders without any files.
  ///   - path: the collection, for errors.
  /// - Throws: `FileError` naming the first that lies where classes, or parts, have their folders.
  func requireFiles(in folders: [String], layout: CollectionLayout, at path: String) throws {
    for folder in folders.sorted(by: NaturalOrder.isBefore) {
      let parts = folder.split(separator: "/")
      guard let name = parts.last, !layout.skippedFolders.contains(name.lowercased()),
        classParents.contains(parts.dropLast().joined(separator: "/"))
      else { continue }
      throw FileError(
        "\(path)/\(folder)",
        "is empty, beside folders of images; put its images there, or remove it")
    }
  }

  /// The error when a part is asked for and there are none.
  static func noParts(_ path: String) -> FileError {
    FileError(
      path,
      "is not divided into train and test; take all of it, or hold images back for validation")
  }

  /// The part a folder's name speaks of: `train`, `Test Images 3360x32x32`, `eval`.
  private static func split(_ folder: Substring) -> DataSplit? {
    switch folder.lowercased().prefix(while: \.isLetter) {
    case "train", "training": .train
    case "test", "testing", "eval", "evaluation", "val", "valid", "validation", "dev": .test
    default: nil
    }
  }

  /// Where there is a part called test, what is meant to choose settings with is neither that nor
  /// to learn from.
  private mutating func leaveOutThirdParts() {
    func isThird(_ item: Item) -> Bool {
      item.split == .test && item.part?.lowercased().hasPrefix("test") == false
    }
    let third = items.filter(isThird)
    guard let part = third.first?.part, items.contains(where: { $0.split == .test && !isThird($0) })
    else { return }
    items.removeAll(where: isThird)
    remarks.append(
      "Left out the \(third.count) images of \(part), which are neither to train nor to test; "
        + "pass that folder by itself to use them.")
  }

  /// The number of folders that all images lie in.
  private static func commonDepth(_ folders: [[Substring]]) -> Int {
    guard let first = folders.first else { return 0 }
    return folders.reduce(first.count) { depth, other in
      zip(first.prefix(depth), other).prefix { $0 == $1 }.count
    }
  }

  /// The images of each part, and the depth below which their folders are classes.
  ///
  /// It is the same below each part's folder, so that a part with images of one class alone has that
  /// class.
  private static func parts(
    _ folders: [[Substring]], depth: Int, isSplit: Bool
  ) -> [(indices: [Int], depth: Int)] {
    guard isSplit else { return [(Array(folders.indices), depth)] }
    let parts = Dictionary(grouping: folders.indices) { folders[$0][depth] }.values
    let depths = parts.map { indices in commonDepth(indices.map { folders[$0] }) }
    return parts.map { ($0, depths.min() ?? depth) }
  }

  private static func className(
    _ folder: String?, _ file: Substring, _ layout: CollectionLayout, _ path: String
  ) throws -> String? {
    switch layout.labels {
    case .none: return nil
    case .folders:
      // Part names behind a class's name, as in `plus val`, are not part of it.
      guard let folder else { return nil }
      let words = folder.split(separator: " ")
      guard let last = words.last, words.count > 1, split(last) != nil else { return folder }
      return words.dropLast().joined(separator: " ")
    case .numberInFileName:
      guard let mark = file.firstRange(of: "label_"),
        let number = Int(file[mark.upperBound...].prefix(while: \.isNumber))
      else {
        throw FileError(path, "has no label in its name; expected one such as id_7_label_28.png")
      }
      return "\(number)"
    }
  }
}
