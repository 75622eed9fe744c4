import JointVAE
import JointVAEFiles
import JointVAEKernels

extension LabeledImages {
  /// The part of the data set these are of; nil where it has no parts, and for parts that are joined.
  public var split: DataSplit? {
    let name = part.prefix { $0 != "," }
    return DataSplit.parts.first { $0.rawValue == name }
  }

  /// The number of images of each class, in the order of `classNames`; empty without labels.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classNames.count)
    for label in labels ?? [] { counts[label] += 1 }
    return counts
  }

  /// The images that a request's classes, shuffling and limit leave, in that order.
  func selecting(_ request: DataSetRequest) throws -> LabeledImages {
    var images = self
    if let classes = request.classes { images = try images.ofClasses(classes) }
    if let seed = request.shuffleSeed { images = images.shuffled(seed: seed) }
    return try request.limit.map(images.limited) ?? images
  }

  /// Some of the images: the first `limit`, or, where the set is sorted by class, `limit` that are
  /// spread evenly over it; all when there are no more.
  ///
  /// - Throws: `ConfigurationError` when `limit` is below 1.
  public func limited(to limit: Int) throws -> LabeledImages {
    guard limit > 0 else {
      throw ConfigurationError("limit", "\(limit)", expected: "at least 1 image")
    }
    guard limit < count else { return self }
    guard isSortedByClass else {
      return selecting(Array(0..<limit), part: "\(part), first \(limit)")
    }
    let spread = (0..<limit).map { $0 * count / limit }
    return selecting(spread, part: "\(part), \(limit) spread over the classes")
  }

  /// The images in an order that depends on `seed` and their number alone.
  public func shuffled(seed: UInt64) -> LabeledImages {
    var numbers = Array(0..<count)
    var random = RandomSequence(seed: seed, purpose: .shuffling, index: 0)
    for place in numbers.indices.dropLast() {
      numbers.swapAt(place, place + random.number(below: count - place))
    }
    return selecting(numbers, part: "\(part), shuffled")
  }

  /// Whether images of the same class all lie together, and there is more than one class.
  private var isSortedByClass: Bool {
    guard let labels, classNames.count > 1, let first = labels.first, let last = labels.last else {
      return false
    }
    return first != last && zip(labels, labels.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// The images of the named classes, which are numbered anew in the order given.
  ///
  /// - Throws: `DataSetError` when a class does not exist, is named twice, or no image is left.
  public func ofClasses(_ names: [String]) throws -> LabeledImages {
    guard let labels else {
      throw DataSetError(name, "has no labels; leave the classes out")
    }
    var classes: [Int] = []
    var seen: Set<Int> = []
    let numbers = Dictionary(
      zip(classNames.map(ClassName.init), classNames.indices), uniquingKeysWith: { one, _ in one })
    for className in names {
      // A name that is typed may be in another form of Unicode than that of a file.
      guard let number = numbers[ClassName(className)] ?? classNames.firstIndex(of: className)
      else {
        let guess = NearestName.of(className, among: classNames).map { "did you mean \($0)? E" }
        throw DataSetError(
          name,
          "has no class \(className); \(guess ?? "e")xpected some of "
            + classNames.joined(separator: ", "))
      }
      guard seen.insert(number).inserted else {
        throw DataSetError(name, "is asked for class \(className) twice")
      }
      classes.append(number)
    }
    let wanted = Set(classes)
    let kept = labels.indices.filter { wanted.contains(labels[$0]) }
    guard !kept.isEmpty else {
      throw DataSetError(
        name, "has no images of \(names.isEmpty ? "no class" : names.joined(separator: ", "))")
    }
    return selecting(
      kept, part: "\(part), classes \(names.joined(separator: ", "))", classes: classes)
  }
}
