import JointVAE

extension LabeledImages {
  /// The number of images of each class, in the order of `classNames`; empty without labels.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classNames.count)
    for label in labels ?? [] { counts[label] += 1 }
    return counts
  }

  /// The first `limit` images; all when there are no more.
  ///
  /// - Throws: `ConfigurationError` when `limit` is below 1.
  public func limited(to limit: Int) throws -> LabeledImages {
    guard limit > 0 else {
      throw ConfigurationError("limit", "\(limit)", expected: "at least 1 image")
    }
    guard limit < count else { return self }
    return selecting(Array(0..<limit), part: "\(part), first \(limit)")
  }

  /// The images of the named classes, which are numbered anew in the order given.
  ///
  /// - Throws: `DataSetError` when a class does not exist, is named twice, or no image is left.
  public func ofClasses(_ names: [String]) throws -> LabeledImages {
    guard let labels else {
      throw DataSetError(name, "has no labels; leave the classes out")
    }
    var classes: [Int] = []
    for className in names {
      guard let number = classNames.firstIndex(of: className) else {
        let guess = NearestName.of(className, among: classNames).map { "did you mean \($0)? E" }
        throw DataSetError(
          name,
          "has no class \(className); \(guess ?? "e")xpected some of "
            + classNames.joined(separator: ", "))
      }
      guard !classes.contains(number) else {
        throw DataSetError(name, "is asked for class \(className) twice")
      }
      classes.append(number)
    }
    let kept = labels.indices.filter { classes.contains(labels[$0]) }
    guard !kept.isEmpty else {
      throw DataSetError(
        name, "has no images of \(names.isEmpty ? "no class" : names.joined(separator: ", "))")
    }
    return selecting(
      kept, part: "\(part), classes \(names.joined(separator: ", "))", classes: classes)
  }
}
