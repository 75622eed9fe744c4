extension Representation {
  /// The variance of a column over some images.
  ///
  /// Of numbers `1 / (n - 1) sum (x - mean)^2`; of categories Gini's definition (Kim and Mnih 2018,
  /// section 4), `1 / (2 n (n - 1)) sum_ij d(x_i, x_j)` with a distance d of 1 between different
  /// categories and 0 between equal ones. With `d = (x_i - x_j)^2` the second is the first. 0 for
  /// fewer than two images.
  package func variance(of column: Int, images: Range<Int>) -> Double {
    let n = Double(images.count)
    guard images.count > 1 else { return 0 }
    if let categories = columns[column].categories {
      var counts = [Int](repeating: 0, count: categories)
      for image in images { counts[Int(self[image, column])] += 1 }
      let equalPairs = counts.reduce(0.0) { $0 + Double($1) * Double($1) }
      return (n * n - equalPairs) / (2 * n * (n - 1))
    }
    var mean = 0.0
    for image in images { mean += self[image, column] }
    mean /= n
    var sum = 0.0
    for image in images {
      let deviation = self[image, column] - mean
      sum += deviation * deviation
    }
    return sum / (n - 1)
  }

  /// The distance of two images in a column: of numbers the absolute difference, of categories 1
  /// unless they are equal.
  package func distance(_ first: Int, _ second: Int, column: Int) -> Double {
    let difference = abs(self[first, column] - self[second, column])
    return columns[column].categories == nil ? difference : min(difference, 1)
  }
}
