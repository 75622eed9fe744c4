import JointVAEFiles

/// What the names of a collection's files show: which are images, of which part and class.
struct CollectionIndex {
  /// A file that is meant to be an image.
  struct Item: Hashable {
    /// Its number among the collection's members.
    var member: Int
    var split: DataSplit?
    /// What its part is for.
    var purpose: PartName.Purpose?
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
  /// What is not read of the collection, each with the reason.
  var skippedFiles: [String] = []
  /// The folders that have class folders somewhere below them; "" is the collection itself.
  private var classParents: Set<String> = []

  /// The index of files called `names`, paths with `/` between their parts.
  ///
  /// - Parameters:
  ///   - isImage: for each of them, whether it is an image.
  ///   - path: the collection, for errors.
  ///   - tables: tables of the collection that name classes of images.
  ///   - takesTables: whether the classes of tables come before those of folders.
  /// - Throws: `FileError` for two classes of an image; for a name without the label it should have.
  init(
    _ names: [String], isImage: [Bool], layout: CollectionLayout, path: String,
    tables: [LabelTable] = [], takesTables: Bool = false
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
    let roles = ImageFolders(images.map(\.folders)).roles
    var skippedClasses: [String: Int] = [:]
    var strays: [ImageFolders.Stray: [String]] = [:]
    var differences: [(name: String, folder: String, table: String)] = []
    for ((member, folders, file), role) in zip(images, roles) {
      if let stray = role.stray, layout.labels != .none {
        strays[stray, default: []].append(names[member])
        continue
      }
      for count in folders.prefix(role.classDepth + 1).indices where layout.labels == .folders {
        classParents.insert(folders[..<count].joined(separator: "/"))
      }
      if let folder = role.className, layout.skippedFolders.contains(folder.lowercased()) {
        skippedClasses[folder, default: 0] += 1
        continue
      }
      let folderClass = try Self.className(
        role.className, file, layout, "\(path)/\(names[member])")
      let tableClass = tables.lazy.compactMap { $0.classes[member] }.first
      if let one = folderClass, let other = tableClass, one != other {
        differences.append((names[member], one, other))
      }
      let part = role.part ?? tables.lazy.compactMap { $0.parts[member] }.first
      items.append(
        Item(
          member: member, split: part?.split, purpose: part?.purpose, part: role.partFolder,
          className: takesTables ? tableClass ?? folderClass : folderClass ?? tableClass))
    }
    if !takesTables { try compare(differences, path) }
    // Beside class folders there are often overviews and logos.
    var unclassed: [String] = strays[.besideFolder] ?? []
    // Of a part without any classes, all is kept: many sets have no labels for their tests.
    let classed = Set(items.filter { $0.className != nil }.map(\.split))
    unclassed += items.filter { $0.className == nil && classed.contains($0.split) }
      .map { names[$0.member] }
    items.removeAll { $0.className == nil && classed.contains($0.split) }
    leaveOut(unclassed, "beside the folders of classes")
    leaveOut(strays[.besideParts] ?? [], "beside the folders of train and test")
    leaveOutThirdParts()
    noteForms()
    if !skippedClasses.isEmpty {
      let folders = skippedClasses.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
      remarks.append(
        "Left out folders that repeat images of others: \(folders.joined(separator: ", ")).")
    }
  }

  /// The parts there are.
  var splits: [DataSplit] {
    DataSplit.parts.filter { split in items.contains { $0.split == split } }
  }

  /// The images of a part, or all where there are no parts.
  ///
  /// - Parameter isRequired: whether there must be such a part.
  /// - Throws: `FileError` about `path` when there are no images, or none of that part.
  func items(of split: DataSplit, isRequired: Bool, at path: String) throws -> [Item] {
    guard !items.isEmpty else {
      throw FileError(path, "holds no images; expected \(FileFormat.readImages) files")
    }
    guard !splits.isEmpty else {
      if isRequired { throw Self.noParts(path) }
      return items
    }
    let found = items.filter { $0.split == split }
    guard !found.isEmpty else {
      throw MissingPart(path, split, there: splits.map(\.rawValue))
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

  /// Adds notes for the user.
  mutating func add(_ remarks: [String]) { self.remarks += remarks }

  /// Makes sure that a table does not say all through what the folders do not.
  private mutating func compare(
    _ differences: [(name: String, folder: String, table: String)], _ path: String
  ) throws {
    guard let first = differences.first else { return }
    let folders = Set(differences.map { ClassName($0.folder) })
    let tables = Set(differences.map { ClassName($0.table) })
    if folders.isDisjoint(with: tables) && differences.count * 2 > items.count {
      throw FileError(
        path,
        "has images in folders such as \(first.folder.quoted), and a table that calls them "
          + "\(first.table.quoted) and so on: both may be the classes", remedy: .nameLabels)
    }
    remarks.append(
      "A table gives \(NumberText.count(differences.count, "image")) other classes than the folders, "
        + "which count; the first is \(first.name), \(first.table) and not \(first.folder).")
  }

  private mutating func leaveOut(_ names: [String], _ reason: String) {
    guard !names.isEmpty else { return }
    let names = names.sorted(by: NaturalOrder.isBefore)
    remarks.append(
      "Left out \(NumberText.count(names.count, "image")) \(reason): \(NameList.text(names)).")
  }

  /// Two names may look the same and be two: Unicode has two ways to write letters with accents.
  private mutating func noteForms() {
    let names = Set(items.compactMap { $0.className.map(ClassName.init) })
    let alike = Dictionary(grouping: names, by: \.text).values.filter { $0.count > 1 }
    for name in alike.compactMap(\.first?.text).sorted() {
      remarks.append(
        "Two folders are called \(name), in two forms of Unicode; they are two classes.")
    }
  }

  /// Where there is a part called test, what is meant to choose settings with is neither that nor
  /// to learn from.
  private mutating func leaveOutThirdParts() {
    let purposes = items.filter { $0.split == .test }.compactMap(\.purpose)
    guard let first = purposes.min(by: { $0.rawValue < $1.rawValue }) else { return }
    let third = Dictionary(
      grouping: items.filter { $0.split == .test && $0.purpose != first }, by: { $0.part ?? "" })
    items.removeAll { $0.split == .test && $0.purpose != first }
    for (part, images) in third.sorted(by: { $0.key < $1.key }) {
      remarks.append(
        "Left out the \(images.count) images of \(part), which are neither to train nor to test; "
          + "pass that folder by itself to use them.")
    }
  }

  private static func className(
    _ folder: String?, _ file: Substring, _ layout: CollectionLayout, _ path: String
  ) throws -> String? {
    switch layout.labels {
    case .none: return nil
    case .folders:
      guard let folder, layout.cutsPartNames else { return folder }
      let words = folder.split(separator: " ")
      guard let last = words.last, words.count > 1, PartName(last)?.isPlain == true else {
        return folder
      }
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
