import JointVAE

/// What images were made from: for each factor of variation the number of its value, `[image, factor]`.
public struct FactorLabels: Equatable, Sendable {
  /// The factors' names.
  public let names: [String]
  /// How many values each factor may have.
  public let sizes: [Int]
  /// The number of each factor's value, `[image, factor]`, from 0 to the factor's size - 1.
  public let values: [Int]

  /// Values a factor may have; scores hold tables of this length.
  static let sizeLimit = 10_000

  /// Known factors of images.
  ///
  /// - Throws: `MetricError` when the values are no whole rows or one is out of range;
  ///   `ConfigurationError` when a factor has no values or more than 10,000.
  public init(names: [String], sizes: [Int], values: [Int]) throws {
    guard !names.isEmpty else { throw MetricError.noFactors(score: "this score") }
    guard sizes.count == names.count else {
      throw MetricError.count(of: "sizes of factors", sizes.count, expected: names.count)
    }
    for (name, size) in zip(names, sizes) where !(1...Self.sizeLimit).contains(size) {
      throw ConfigurationError(
        "number of values of \(name)", "\(size)", expected: "from 1 to \(Self.sizeLimit)")
    }
    guard values.count % names.count == 0 else {
      throw MetricError.count(
        of: "values of factors", values.count,
        expected: (values.count / names.count + 1) * names.count)
    }
    for (i, value) in values.enumerated() where !(0..<sizes[i % names.count]).contains(value) {
      throw MetricError.value(
        of: "\(names[i % names.count]) of image", index: i / names.count, "\(value)",
        expected: "from 0 to \(sizes[i % names.count] - 1)")
    }
    self.init(checked: names, sizes: sizes, values: values)
  }

  init(checked names: [String], sizes: [Int], values: [Int]) {
    self.names = names
    self.sizes = sizes
    self.values = values
  }

  /// Factors given as numbers, such as angles and lengths.
  ///
  /// A factor with no more than `exactLimit` different numbers has a value for each; the others are
  /// cut into `bins` ranges of equal width from the smallest number to the largest.
  ///
  /// - Parameters:
  ///   - numbers: for each factor its name and a number an image.
  ///   - bins: ranges; like `exactLimit` it is taken for the nearest number from 1 to 10,000.
  ///   - exactLimit: different numbers up to which a factor has a value for each.
  /// - Throws: `MetricError` when factors differ in length or a number is not finite.
  public init(
    numbers: [(name: String, values: [Double])], bins: Int = 10, exactLimit: Int = 64
  ) throws {
    guard let count = numbers.first?.values.count else {
      throw MetricError.noFactors(score: "this score")
    }
    var sizes: [Int] = []
    var values = [Int](repeating: 0, count: count * numbers.count)
    for (factor, (name, column)) in numbers.enumerated() {
      guard column.count == count else {
        throw MetricError.count(of: "values of \(name)", column.count, expected: count)
      }
      if let index = column.firstIndex(where: { !$0.isFinite }) {
        throw MetricError.value(
          of: "\(name) of image", index: index, "\(column[index])", expected: "a finite number")
      }
      let (classes, size) = Self.classes(
        of: column, bins: min(max(bins, 1), Self.sizeLimit),
        limit: min(max(exactLimit, 1), Self.sizeLimit))
      sizes.append(size)
      for (image, value) in classes.enumerated() { values[image * numbers.count + factor] = value }
    }
    self.init(checked: numbers.map(\.name), sizes: sizes, values: values)
  }

  private static func classes(
    of column: [Double], bins: Int, limit: Int
  ) -> (values: [Int], size: Int) {
    let distinct = Set(column).sorted()
    guard distinct.count > limit else {
      let places = Dictionary(uniqueKeysWithValues: zip(distinct, 0...))
      return (column.map { places[$0] ?? 0 }, max(distinct.count, 1))
    }
    return (Histogram(column, bins: bins).bins(of: column), bins)
  }

  /// Images.
  public var count: Int { values.count / names.count }

  /// Factors with different values among these images; only those can be read from a representation.
  public var varyingFactors: [Int] {
    names.indices.filter { factor in
      let first = values.indices.contains(factor) ? values[factor] : 0
      return stride(from: factor, to: values.count, by: names.count)
        .contains { values[$0] != first }
    }
  }

  /// The value of a factor for every image.
  func column(_ factor: Int) -> [Int] {
    stride(from: factor, to: values.count, by: names.count).map { values[$0] }
  }

  /// Images `rows`, in that order; one may come more than once.
  func rows(_ rows: some Collection<Int>) -> FactorLabels {
    var picked: [Int] = []
    picked.reserveCapacity(rows.count * names.count)
    for row in rows { picked += values[row * names.count..<(row + 1) * names.count] }
    return FactorLabels(checked: names, sizes: sizes, values: picked)
  }
}
