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
  /// Numbers stand for the known classes, or, of an unknown set, for themselves, from 0.
  /// - Throws: `FileError` naming the first image whose label is none.
  static func of(
    _ labels: ArrayLabels?, known: KnownDataSet?, path: String
  ) throws -> ClassNumbers? {
    switch labels {
    case nil: return nil
    case .names(let names): return try of(names, all: names, known: known, path: path)
    case .numbers(let numbers):
      let knownNames = known?.classNames ?? []
      let bound = knownNames.isEmpty ? Self.limit : knownNames.count
      if let image = numbers.firstIndex(where: { !(0..<bound).contains($0) }) {
        throw FileError(
          path, "labels image \(image) with class \(numbers[image]); expected 0 to \(bound - 1)")
      }
      return ClassNumbers(
        labels: numbers,
        names: knownNames.isEmpty ? (0...(numbers.max() ?? 0)).map(String.init) : knownNames)
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
    let found = Set(all.compactMap { $0 }).sorted(by: NaturalOrder.isBefore)
    let knownNames = known?.classNames ?? []
    let names = knownNames.isEmpty ? found : knownNames
    var numbers: [String: Int] = [:]
    for name in found {
      let number =
        names.firstIndex { $0.lowercased() == name.lowercased() }
        ?? Int(name).flatMap { names.indices.contains($0 - 1) ? $0 - 1 : nil }
      guard let number else {
        throw FileError(
          path,
          "has images of a class \(name.quoted); expected \(names.joined(separator: ", "))")
      }
      numbers[name] = number
    }
    return ClassNumbers(labels: classes.map { $0.flatMap { numbers[$0] } ?? 0 }, names: names)
  }
}
