import JointVAEFiles

/// The classes of a data set's images by number, from what its files call them.
struct ClassNumbers {
  /// A number an image, an index of `names`.
  var labels: [Int]
  var names: [String]

  /// The most classes a set may have: those of all the world's writing.
  private static let limit = 1 << 20

  /// From an array's labels; nil when it has none.
  ///
  /// Numbers stand for the known classes, or, of an unknown set, for themselves, from 0, or from 1 where no
  /// image has the label 0.
  /// - Throws: `FileError` naming the first image whose label is none.
  static func of(
    _ labels: ArrayLabels?, known: KnownDataSet?, path: String
  ) throws -> ClassNumbers? {
    switch labels {
    case nil: return nil
    case .names(let names): return try of(names, all: names, known: known, path: path)
    case .numbers(let numbers):
      let knownNames = known?.classNames ?? []
      var numbers = numbers
      // Some count EMNIST's letters from 0.
      if let first = known?.firstLabel, first > 0, !numbers.contains(where: { $0 < first }) {
        numbers = numbers.map { $0 - first }
      }
      let bound = knownNames.isEmpty ? Self.limit : knownNames.count
      if let image = numbers.firstIndex(where: { !(0..<bound).contains($0) }) {
        throw FileError(
          path, "labels image \(image) with class \(numbers[image]); expected 0 to \(bound - 1)")
      }
      guard knownNames.isEmpty else { return ClassNumbers(labels: numbers, names: knownNames) }
      // Labels that count from 1 have no class 0. A few images of a part may lack it by chance.
      let found = Set(numbers)
      let countsFromOne = found.min() == 1 && found.count > 1 && found.max() == found.count
      let first = countsFromOne ? 1 : 0
      return ClassNumbers(
        labels: numbers.map { $0 - first }, names: (first...(numbers.max() ?? 0)).map(String.init))
    }
  }

  /// From names, one an image; nil when no image has one.
  ///
  /// - Parameters:
  ///   - all: the names of all images of the data set, of which these may be a part.
  ///   - known: a data set whose classes have names, or numbers from 1.
  /// - Throws: `FileError` naming a class the known data set does not have.
  static func of(
    _ classes: [String?], all: [String?], known: KnownDataSet?, path: String
  ) throws -> ClassNumbers? {
    guard classes.contains(where: { $0 != nil }) else { return nil }
    let found = Set(all.compactMap { $0.map(ClassName.init) })
    let knownNames = known?.classNames ?? []
    let names =
      knownNames.isEmpty ? found.map(\.text).sorted(by: NaturalOrder.isBefore) : knownNames
    let numbers =
      knownNames.isEmpty
      ? Dictionary(uniqueKeysWithValues: zip(names.map(ClassName.init), names.indices))
      : try Self.numbers(of: found, among: knownNames, path: path)
    return ClassNumbers(
      labels: classes.map { $0.flatMap { numbers[ClassName($0)] } ?? 0 }, names: names)
  }

  /// The numbers of the names that were `found` among those of a known data set.
  ///
  /// A name counts as it is written, then whatever its case, then as a number from 1.
  /// - Throws: `FileError` for a name that is none of these, and for two names of one class.
  private static func numbers(
    of found: Set<ClassName>, among knownNames: [String], path: String
  ) throws -> [ClassName: Int] {
    let exact = Dictionary(
      zip(knownNames.map(ClassName.init), knownNames.indices), uniquingKeysWith: { one, _ in one })
    let lowercased = Dictionary(grouping: knownNames.indices) { knownNames[$0].lowercased() }
    var numbers: [ClassName: Int] = [:]
    var spellings: [Int: String] = [:]
    for name in found.sorted(by: { NaturalOrder.isBefore($0.text, $1.text) }) {
      let alike = lowercased[name.text.lowercased()] ?? []
      let number =
        exact[name] ?? (alike.count == 1 ? alike[0] : nil)
        ?? Int(name.text).flatMap { knownNames.indices.contains($0 - 1) ? $0 - 1 : nil }
      guard let number else {
        throw FileError(
          path,
          "has images of a class \(name.text.quoted); expected "
            + "\(knownNames.joined(separator: ", "))")
      }
      if let other = spellings[number] {
        throw FileError(
          path,
          "has images of \(other.quoted) and of \(name.text.quoted), which both name the class "
            + "\(knownNames[number]); rename one of them, or pass the path without the data set's name"
        )
      }
      spellings[number] = name.text
      numbers[name] = number
    }
    return numbers
  }
}

/// The name of a class, the same only where every byte is: `A` is not `a`, and Unicode's two ways to
/// write `é` are two names, as they are two folders.
struct ClassName: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (one: ClassName, other: ClassName) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
