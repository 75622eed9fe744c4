import Foundation

extension AggregatePosterior {
  /// The distribution of the codes of images.
  ///
  /// A combination of categories has the images whose most probable categories these are. Its covariance is that of the means of
  /// their posteriors, plus the mean of the posteriors' variances. With few images it is drawn towards the mean covariance of all
  /// combinations, which counts as much as D + 1 images.
  ///
  /// - Returns: nil without images, for more than ``continuousLimit`` continuous variables, and for numbers that are not finite.
  public init?(_ encoding: Encoding) {
    let dimension = encoding.latents.continuous
    guard encoding.count > 0, dimension <= Self.continuousLimit else { return nil }
    let variables = Self.variablesToldApart(encoding.latents)
    var images: [[Int]: [Int]] = [:]
    for image in 0..<encoding.count {
      let categories = (0..<variables).map {
        encoding.mostProbableCategory(of: image, variable: $0)
      }
      images[categories, default: []].append(image)
    }
    let groups = images.sorted { first, second in
      first.value.count == second.value.count
        ? first.key.lexicographicallyPrecedes(second.key)
        : first.value.count > second.value.count
    }
    let moments = groups.map { Moments(of: $0.value, in: encoding) }
    var pooled = [Double](repeating: 0, count: dimension * (dimension + 1) / 2)
    for (group, moments) in zip(groups, moments) {
      let share = Double(group.value.count) / Double(encoding.count)
      for place in pooled.indices { pooled[place] += share * moments.covariance[place] }
    }
    var components: [Component] = []
    for (group, moments) in zip(groups, moments) {
      let (count, extra) = (Double(group.value.count), Double(dimension + 1))
      let covariance = zip(moments.covariance, pooled).map {
        (count * $0 + extra * $1) / (count + extra)
      }
      guard let factor = Self.choleskyFactor(covariance, dimension) else { return nil }
      let component = Component(
        categories: group.key, weight: Float(count / Double(encoding.count)),
        mean: moments.mean.map { Float($0) }, factor: factor.map { Float($0) })
      components.append(component)
    }
    self.init(components: components)
    if misfit(in: encoding.latents) != nil { return nil }
  }

  /// How many of the first discrete variables have few enough combinations of categories.
  private static func variablesToldApart(_ latents: LatentSpec) -> Int {
    var combinations = 1
    for (variable, count) in latents.discrete.enumerated() {
      guard count <= combinationLimit / combinations else { return variable }
      combinations *= count
    }
    return latents.discrete.count
  }

  /// The lower triangle L of L L^T, row by row; nil for a matrix that is not positive definite.
  private static func choleskyFactor(_ matrix: [Double], _ dimension: Int) -> [Double]? {
    var factor = matrix
    func place(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }
    for row in 0..<dimension {
      for column in 0...row {
        var value = matrix[place(row, column)]
        for inner in 0..<column {
          value -= factor[place(row, inner)] * factor[place(column, inner)]
        }
        if row == column {
          guard value > 0, value.isFinite else { return nil }
          factor[place(row, row)] = value.squareRoot()
        } else {
          factor[place(row, column)] = value / factor[place(column, column)]
        }
      }
    }
    return factor
  }
}

/// The mean and the covariance of z over some images.
private struct Moments {
  var mean: [Double]
  /// The lower triangle, row by row.
  var covariance: [Double]

  init(of images: [Int], in encoding: Encoding) {
    let dimension = encoding.latents.continuous
    let count = Double(images.count)
    var mean = [Double](repeating: 0, count: dimension)
    for image in images {
      for index in 0..<dimension { mean[index] += Double(encoding.mean[image * dimension + index]) }
    }
    for index in 0..<dimension { mean[index] /= count }
    var covariance = [Double](repeating: 0, count: dimension * (dimension + 1) / 2)
    for image in images {
      let start = image * dimension
      var place = 0
      for row in 0..<dimension {
        let difference = Double(encoding.mean[start + row]) - mean[row]
        for column in 0...row {
          covariance[place] +=
            difference * (Double(encoding.mean[start + column]) - mean[column])
          if row == column { covariance[place] += exp(Double(encoding.logVariance[start + row])) }
          place += 1
        }
      }
    }
    (self.mean, self.covariance) = (mean, covariance.map { $0 / count })
  }
}
