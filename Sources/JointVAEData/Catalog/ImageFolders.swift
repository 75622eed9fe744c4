/// What the folders of images are: which name a part, and which a class.
///
/// Parts lie at the top, or below folders that hold everything, or below each class. A folder within one of the
/// same name, and one called `images`, wraps a part. The first folder below a part is a class. Where all images
/// lie in one folder, there are no classes.
struct ImageFolders {
  /// What the folders of one image are.
  struct Role: Equatable {
    /// The part that a folder names.
    var part: PartName?
    /// That folder.
    var partFolder: String?
    /// The class that a folder, or part of its name, stands for.
    var className: String?
    /// How many of the image's folders lie above those of classes.
    var classDepth = 0
    /// Why the image belongs to none of the parts or classes there are.
    var stray: Stray?
  }

  /// Why an image is left out.
  enum Stray: Hashable {
    /// It lies beside the folder that holds all others.
    case besideFolder
    /// It lies in a folder beside those of the parts, or beside them.
    case besideParts
  }

  /// A role for each image.
  private(set) var roles: [Role]
  private let folders: [[Substring]]

  /// The roles of images in `folders`: for each image, the folders it lies in, from the outermost inwards.
  init(_ folders: [[Substring]]) {
    self.folders = folders
    roles = Array(repeating: Role(), count: folders.count)
    assign()
  }

  /// Images of one level: those that lie there, and those of each folder there, by its name's bytes.
  private struct Level {
    var here: [Int] = []
    var groups: [ClassName: [Int]] = [:]
    var names: [ClassName] {
      groups.keys.sorted { NaturalOrder.isBefore($0.text, $1.text) }
    }
    /// The only folder, when there is one.
    var only: (name: String, images: [Int])? {
      groups.count == 1 ? groups.first.map { ($0.key.text, $0.value) } : nil
    }
  }

  private func level(_ images: [Int], _ depth: Int) -> Level {
    var level = Level()
    for image in images {
      if folders[image].count > depth {
        level.groups[ClassName(String(folders[image][depth])), default: []].append(image)
      } else {
        level.here.append(image)
      }
    }
    return level
  }

  private mutating func assign() {
    var images = Array(folders.indices)
    var depth = 0
    var above: (part: PartName, folder: String)?
    while true {
      let level = level(images, depth)
      for image in images { roles[image].classDepth = depth }
      if assignParts(level, depth) { return }
      if let above {
        for image in images { (roles[image].part, roles[image].partFolder) = above }
      }
      guard let (name, inside) = level.only, level.here.count < inside.count else {
        if level.groups.count > 1 { assignClasses(level, depth) }
        return
      }
      // Beside the folder that holds all images there are often overviews and logos.
      for image in level.here { roles[image].stray = .besideFolder }
      if let part = PartName(name), part.isPlain || isDoubled(name, inside, depth) {
        above = (part, name)
      }
      (images, depth) = (inside, depth + 1)
    }
  }

  /// Whether the folder called `name` at `depth` holds everything in a folder of the same name.
  private func isDoubled(_ name: String, _ images: [Int], _ depth: Int) -> Bool {
    let below = level(images, depth + 1)
    return below.here.isEmpty && below.only?.name.lowercased() == name.lowercased()
  }

  // MARK: Parts above classes

  private struct Part {
    var name: PartName
    var folder: String
    var images: [Int]
  }

  /// Takes the folders of a level for parts, if they are some.
  private mutating func assignParts(_ level: Level, _ depth: Int) -> Bool {
    var parts: [Part] = []
    var others: [Int] = level.here
    for key in level.names {
      let images = level.groups[key] ?? []
      if let name = PartName(key.text) {
        parts.append(Part(name: name, folder: key.text, images: images))
      } else {
        others += images
      }
    }
    let stems = Dictionary(grouping: parts) { $0.name.stem }
    guard let stem = stems.keys.first else { return false }
    if stems.count > 1 { return assignPartsOfClasses(stems, isComplete: others.isEmpty) }
    let isWhole = others.count == level.here.count && parts.count > 1
    guard isWhole || isComplete(parts) && areParts(beside: others, stem, depth) else {
      return false
    }
    for image in others { roles[image].stray = .besideParts }
    assign(parts, depth)
    return true
  }

  /// Whether there is a part to learn from, and one to measure with.
  private func isComplete(_ parts: [Part]) -> Bool {
    Set(parts.map(\.name.split)).count == 2
  }

  /// Whether folders beside train and test, which hold the images `others`, do not make all of them classes:
  /// `seg_pred` beside `seg_train` and `seg_test`, but not `flu` beside `covid test` and `covid train`.
  private func areParts(beside others: [Int], _ stem: [String], _ depth: Int) -> Bool {
    others.allSatisfy { image in
      folders[image].count <= depth
        || Set(stem).isSubset(of: PartName.words(of: folders[image][depth]))
    }
  }

  /// `cat_train`, `cat_test`, `dog_train`, `dog_test`: each folder is a part of one class.
  private mutating func assignPartsOfClasses(_ stems: [[String]: [Part]], isComplete: Bool) -> Bool
  {
    guard isComplete, stems.values.allSatisfy({ self.isComplete($0) }) else { return false }
    for part in stems.values.joined() {
      for image in part.images {
        roles[image].part = part.name
        roles[image].partFolder = part.folder
        roles[image].className = PartName.withoutPart(part.folder)
      }
    }
    return true
  }

  /// Finds the classes below parts: at the same depth of each, so that a part with images of one class alone
  /// has that class.
  private mutating func assign(_ parts: [Part], _ depth: Int) {
    let starts = parts.map { start(of: $0, depth + 1) }
    let common = zip(parts, starts).map { part, start in
      commonDepth(part.images) - start
    }
    let more = max(0, common.min() ?? 0)
    for (part, start) in zip(parts, starts) {
      for image in part.images {
        let depth = start + more
        roles[image].part = part.name
        roles[image].partFolder = part.folder
        roles[image].classDepth = depth
        roles[image].className = folders[image].count > depth ? String(folders[image][depth]) : nil
      }
    }
  }

  /// The depth below the folders that only wrap a part.
  private func start(of part: Part, _ depth: Int) -> Int {
    var depth = depth
    while true {
      let level = level(part.images, depth)
      guard level.here.isEmpty, let name = level.only?.name,
        name.lowercased() == part.folder.lowercased() || PartName.isWrapper(name)
      else { return depth }
      depth += 1
    }
  }

  /// The number of folders that all of `images` lie in.
  private func commonDepth(_ images: [Int]) -> Int {
    guard let first = images.first.map({ folders[$0] }) else { return 0 }
    return images.reduce(first.count) { depth, image in
      zip(first.prefix(depth), folders[image]).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    }
  }

  // MARK: Classes above parts

  private mutating func assignClasses(_ level: Level, _ depth: Int) {
    let haveParts = classesHaveParts(level, depth + 1)
    for (key, images) in level.groups {
      for image in images {
        roles[image].className = key.text
        guard haveParts else { continue }
        roles[image].part = PartName(folders[image][depth + 1])
        roles[image].partFolder = String(folders[image][depth + 1])
      }
    }
  }

  /// Whether every class has its images in folders of parts, as in `cat/train/1.png`.
  private func classesHaveParts(_ level: Level, _ depth: Int) -> Bool {
    var splits: Set<DataSplit> = []
    for images in level.groups.values {
      for image in images {
        guard folders[image].count > depth, let part = PartName(folders[image][depth]),
          part.isPlain
        else { return false }
        splits.insert(part.split)
      }
    }
    return splits.count == 2
  }
}
