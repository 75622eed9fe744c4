/// How often each category of a discrete variable met each class of a labeled data set.
public struct ConfusionMatrix: Hashable, Sendable {
  /// The names of the classes, one a row.
  public let classNames: [String]
  /// The number of categories, one a column.
  public let categoryCount: Int
  /// Images by class and category: `[class][category]`.
  public let counts: [[Int]]

  /// Counts images by what they are and what the model takes them for.
  ///
  /// - Parameters:
  ///   - labels: the class of every image.
  ///   - categories: the category of every image, such as that of its largest alpha.
  ///   - classNames: the names of the classes.
  ///   - categoryCount: how many categories there are.
  /// - Throws: `MetricError` when there is no image, the lists differ in length or a number is out
  ///   of range.
  public init(
    labels: [Int], categories: [Int], classNames: [String], categoryCount: Int
  ) throws {
    guard !labels.isEmpty else { throw MetricError.noImages }
    guard labels.count == categories.count else {
      throw MetricError.count(of: "categories", categories.count, expected: labels.count)
    }
    try Self.check(labels, "label of image", below: classNames.count)
    try Self.check(categories, "category of image", below: categoryCount)
    var counts = classNames.map { _ in [Int](repeating: 0, count: categoryCount) }
    for (label, category) in zip(labels, categories) { counts[label][category] += 1 }
    self.init(classNames: classNames, categoryCount: categoryCount, counts: counts)
  }

  /// A matrix of known counts.
  /// - Precondition: `counts` has a row for each class and a column for each category, and no count
  ///   is negative.
  public init(classNames: [String], categoryCount: Int, counts: [[Int]]) {
    precondition(counts.count == classNames.count)
    precondition(counts.allSatisfy { $0.count == categoryCount && $0.allSatisfy { $0 >= 0 } })
    self.classNames = classNames
    self.categoryCount = categoryCount
    self.counts = counts
  }

  /// Images of all classes.
  public var imageCount: Int { counts.joined().reduce(0, +) }

  /// Images by class.
  public var classSizes: [Int] { counts.map { $0.reduce(0, +) } }

  /// Images by category.
  public var categorySizes: [Int] {
    (0..<categoryCount).map { category in counts.reduce(0) { $0 + $1[category] } }
  }

  /// Categories that at least one image has.
  public var usedCategoryCount: Int { categorySizes.count { $0 > 0 } }

  private static func check(_ values: [Int], _ what: String, below limit: Int) throws {
    guard let index = values.firstIndex(where: { !(0..<limit).contains($0) }) else { return }
    throw MetricError.value(
      of: what, index: index, "\(values[index])",
      expected: limit > 0
        ? "from 0 to \(limit - 1)" : "none, for there are no classes or categories"
    )
  }
}

extension ConfusionMatrix: Codable {
  private enum CodingKeys: String, CodingKey {
    case classNames = "classes"
    case counts
  }

  /// Reads `{"classes": [...], "counts": [[...], ...]}`.
  /// - Throws: `DecodingError` when the rows are ragged, too many or too few, or hold impossible
  ///   counts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let names = try container.decode([String].self, forKey: .classNames)
    let counts = try container.decode([[Int]].self, forKey: .counts)
    let width = counts.first?.count ?? 0
    // The limit keeps every sum and sum of squares of a matrix that fits in memory in range.
    guard counts.count == names.count, counts.allSatisfy({ $0.count == width }),
      counts.joined().allSatisfy({ (0...1 << 40).contains($0) })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: container,
        debugDescription: "expected a row of \(width) counts for each of \(names.count) classes")
    }
    self.init(classNames: names, categoryCount: width, counts: counts)
  }

  /// Writes what `init(from:)` reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(classNames, forKey: .classNames)
    try container.encode(counts, forKey: .counts)
  }
}
