extension ConfusionMatrix {
  /// For each category the class most of its images have, the first of equals; nil where no image
  /// has it.
  public var majorityMap: [Int?] {
    (0..<categoryCount).map { category in
      var best: Int?
      for row in counts.indices where counts[row][category] > 0 {
        if let current = best, counts[row][category] <= counts[current][category] { continue }
        best = row
      }
      return best
    }
  }

  /// For each category a class of its own such that most images agree (the Hungarian algorithm).
  ///
  /// With more categories than classes some categories have none: nil.
  public var oneToOneMap: [Int?] {
    Assignment.maximizing(
      (0..<categoryCount).map { category in counts.map { $0[category] } })
  }

  /// The share of the images whose category's majority class is their own; several categories may
  /// share a class.
  ///
  /// The accuracy of the paper's table for MNIST (Dupont 2018, section 4.1); 0 without images.
  public var majorityAccuracy: Double { accuracy(of: majorityMap) }

  /// The share of the images that agree with the best one-to-one map; 0 without images.
  public var oneToOneAccuracy: Double { accuracy(of: oneToOneMap) }

  /// The share of the images whose class is that of their category.
  ///
  /// - Parameter map: for each category a class, or nil.
  /// - Precondition: `map` has an entry for each category, and it is a class.
  public func accuracy(of map: [Int?]) -> Double {
    precondition(map.count == categoryCount)
    var agreed = 0
    for (category, row) in map.enumerated() {
      if let row { agreed += counts[row][category] }
    }
    return imageCount == 0 ? 0 : Double(agreed) / Double(imageCount)
  }
}
