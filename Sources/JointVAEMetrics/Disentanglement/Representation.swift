import JointVAE

/// The representation of a number of images by a model or anything else: a row an image, a column a latent
/// variable.
public struct Representation: Equatable, Sendable {
  /// A latent variable.
  public struct Column: Hashable, Sendable {
    /// Its name, such as `z3` or `c0`.
    public var name: String
    /// The number of its categories, whose values are `0..<categories`; nil for a variable whose
    /// values are numbers.
    public var categories: Int?

    /// A variable of numbers, or of categories.
    public init(name: String, categories: Int? = nil) {
      self.name = name
      self.categories = categories
    }
  }

  /// The variables.
  public let columns: [Column]
  /// All values, `[image, column]`.
  public let values: [Double]

  /// The values of named variables.
  ///
  /// - Parameters:
  ///   - columns: the variables.
  ///   - values: `[image, column]`, row by row.
  /// - Throws: `MetricError` when the values are no whole rows, are not finite, or are no
  ///   categories where they should be; `ConfigurationError` when a column has no categories or more
  ///   than 10,000.
  public init(columns: [Column], values: [Double]) throws {
    guard !columns.isEmpty, values.count % columns.count == 0 else {
      throw MetricError.count(
        of: "values of a representation", values.count,
        expected: (values.count / max(columns.count, 1) + 1) * columns.count)
    }
    for (j, column) in columns.enumerated() {
      if let categories = column.categories, !(1...FactorLabels.sizeLimit).contains(categories) {
        throw ConfigurationError(
          "number of categories of \(column.name)", "\(categories)",
          expected: "from 1 to \(FactorLabels.sizeLimit)")
      }
      for i in stride(from: j, to: values.count, by: columns.count) {
        let value = values[i]
        let isValid =
          if let categories = column.categories {
            value >= 0 && value < Double(categories) && value == value.rounded()
          } else {
            value.isFinite
          }
        guard isValid else {
          throw MetricError.value(
            of: "\(column.name) of image", index: i / columns.count, "\(value)",
            expected: column.categories.map { "a category from 0 to \($0 - 1)" }
              ?? "a finite number")
        }
      }
    }
    self.init(checked: columns, values: values)
  }

  /// Values that are known to be whole rows and in range.
  init(checked columns: [Column], values: [Double]) {
    self.columns = columns
    self.values = values
  }

  /// Images.
  public var count: Int { values.count / columns.count }

  /// The value of a column for an image.
  subscript(image: Int, column: Int) -> Double { values[image * columns.count + column] }

  /// All values of a column.
  func column(_ j: Int) -> [Double] {
    stride(from: j, to: values.count, by: columns.count).map { values[$0] }
  }

  /// Images `rows`, in that order; one may come more than once.
  func rows(_ rows: some Collection<Int>) -> Representation {
    var picked: [Double] = []
    picked.reserveCapacity(rows.count * columns.count)
    for row in rows { picked += values[row * columns.count..<(row + 1) * columns.count] }
    return Representation(checked: columns, values: picked)
  }

  /// The same with every variable of categories as one number a category: 1 for the one it has, 0
  /// for the others.
  public var oneHot: Representation {
    guard columns.contains(where: { $0.categories != nil }) else { return self }
    var expanded: [Double] = []
    for image in 0..<count {
      for (j, column) in columns.enumerated() {
        let value = self[image, j]
        if let categories = column.categories {
          for k in 0..<categories { expanded.append(Double(k) == value ? 1 : 0) }
        } else {
          expanded.append(value)
        }
      }
    }
    return Representation(
      checked: zip(columns, oneHotOrigins).flatMap { column, places in
        column.categories == nil
          ? [column] : places.indices.map { Column(name: "\(column.name).\($0)") }
      }, values: expanded)
  }

  /// For each column its columns in `oneHot`.
  var oneHotOrigins: [[Int]] {
    var next = 0
    return columns.map { column in
      let count = column.categories ?? 1
      defer { next += count }
      return Array(next..<next + count)
    }
  }
}
