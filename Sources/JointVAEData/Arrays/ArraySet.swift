import JointVAEFiles

/// The arrays of NumPy that lie together: which are images, which are their labels, and of which part.
struct ArraySet {
  /// An array, by its name and its shape.
  private struct Item {
    var name: String
    var words: [String]
    var part: PartName.Purpose?
    /// The length of each axis; empty when the header cannot be read.
    var shape: [Int]

    /// Whether the name is that of images.
    var isNamedImages: Bool {
      !isNamedLabels && words.contains(where: ArraySet.imageWords.contains)
    }
    var isNamedLabels: Bool {
      words.contains(where: ArraySet.labelWords.contains) && !words.contains("latents")
    }

    /// Whether the shape may be that of images: more than one axis, and not that of a column or of a few numbers.
    var mayBeImages: Bool {
      switch shape.count {
      case 2:
        ArrayImageShape(squareOf: shape[1]).map { $0.valueCount >= 16 } ?? false
          || ArrayImageShape(squareOf: shape[1], channels: 3).map { $0.valueCount >= 48 } ?? false
      case 3, 4: true
      default: false
      }
    }
    var mayBeLabels: Bool { shape.count == 1 || shape.count == 2 && shape[1] == 1 }
  }

  /// What an array is searched for by: the words of its name.
  private static let imageWords: Set<String> = [
    "x", "img", "imgs", "image", "images", "data", "input", "inputs", "feature", "features",
    "pixels", "arr",
  ]
  private static let labelWords: Set<String> = [
    "y", "label", "labels", "target", "targets", "class", "classes", "digit", "digits",
  ]
  /// The likeliest names, as NumPy, Keras, scikit-learn and others use them.
  private static let usualNames = ["imgs", "images", "x", "data", "arr_0"]

  private let items: [Item]
  private let split: DataSplit

  /// Looks at the arrays called `names`.
  ///
  /// - Parameters:
  ///   - split: the part wanted, where names tell parts apart, as `x_train` and `x_test` do.
  ///   - open: the bytes of an array.
  init(_ names: [String], split: DataSplit, open: (String) throws -> any ByteSource) {
    self.split = split
    items = names.map { name in
      let short = Self.shortName(name)
      let folders = name.split(separator: "/").dropLast()
      return Item(
        name: name, words: PartName.words(of: short),
        part: (PartName(short) ?? folders.reversed().lazy.compactMap { PartName($0) }.first)?
          .purpose,
        shape: (try? open(name)).flatMap { try? NPYHeader($0).shape } ?? [])
    }
  }

  /// What the array of a member is called: numpy.savez adds an ending to its name.
  static func shortName(_ member: String) -> String {
    let file = member.split(separator: "/").last.map(String.init) ?? member
    return file.hasSuffix(".npy") ? String(file.dropLast(4)) : file
  }

  /// The array of the images; nil when none is called like that.
  var images: String? { chosenImages?.name }

  private var chosenImages: Item? {
    let named = items.filter(\.isNamedImages)
    let others = items.filter { !$0.isNamedLabels && $0.mayBeImages }
    let candidates = ofPart(named.isEmpty ? others : named)
    for name in Self.usualNames {
      let found = candidates.first { Self.shortName($0.name).lowercased() == name }
      if let found { return found }
    }
    let likely = candidates.filter(\.mayBeImages)
    if likely.count == 1 { return likely[0] }
    if candidates.count == 1 { return candidates[0] }
    // A name in which nothing but the part and one word is said comes first.
    let short = named.isEmpty ? [] : candidates.filter { $0.words.count <= 2 }
    return short.count == 1 ? short[0] : items.count == 1 ? items[0] : nil
  }

  /// The array of the labels of `images`.
  var labels: String? {
    guard let images = chosenImages else { return nil }
    let others = items.filter { $0.name != images.name }
    func fits(_ item: Item) -> Bool {
      images.shape.isEmpty || item.shape.isEmpty || item.shape.first == images.shape.first
    }
    let named = others.filter { $0.isNamedLabels && $0.part == images.part }
    if !named.isEmpty {
      // Several may be: whole numbers of classes, and their names.
      return (named.first { fits($0) && $0.mayBeLabels } ?? named.first(where: fits) ?? named[0])
        .name
    }
    // numpy.savez numbers what has no name.
    guard Self.shortName(images.name) == "arr_0" else { return nil }
    return others.first { Self.shortName($0.name) == "arr_1" && $0.mayBeLabels && fits($0) }?.name
  }

  /// Whether names tell parts apart.
  var hasParts: Bool { items.contains { $0.part != nil && !$0.isNamedLabels } }

  /// The parts there are.
  var splits: [DataSplit] {
    DataSplit.parts.filter { split in
      items.contains { $0.part.map { ($0 == .training) == (split == .train) } ?? false }
    }
  }

  /// Those of the part wanted; those that tell no parts apart, where none does.
  private func ofPart(_ items: [Item]) -> [Item] {
    let wanted = items.filter { $0.part.map { ($0 == .training) == (split == .train) } ?? false }
    guard let first = wanted.compactMap(\.part).min(by: { $0.rawValue < $1.rawValue }) else {
      return items.filter { $0.part == nil }
    }
    return wanted.filter { $0.part == first }
  }

  /// The arrays of which each holds the images of a class, as those of Quick, Draw! do, with the names of their
  /// classes; nil when they are something else.
  var classes: [(member: String, className: String)]? {
    let all = items.filter { !$0.mayBeLabels || $0.isNamedLabels }
    let candidates = ofPart(all)
    guard candidates.count > 1, items.allSatisfy({ !$0.isNamedImages && !$0.isNamedLabels }),
      candidates.allSatisfy({
        $0.mayBeImages && $0.shape.dropFirst() == candidates[0].shape.dropFirst()
      })
    else { return nil }
    let names = candidates.map { Self.shortName($0.name) }
    // The name of the format that Quick, Draw! puts before each.
    let prefix = "full_numpy_bitmap_"
    let isPrefixed = names.allSatisfy { $0.hasPrefix(prefix) }
    return zip(candidates, names).map {
      ($0.name, isPrefixed ? String($1.dropFirst(prefix.count)) : $1)
    }
  }
}
