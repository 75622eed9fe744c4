/// A symmetric matrix with what a distance of distributions needs: eigenvalues and the square root.
///
/// By hand, as it is a page: the package has no other use for a library of linear algebra.
struct SymmetricMatrix {
  /// Rows, and columns.
  let size: Int
  /// `[row, column]`.
  private(set) var values: [Double]

  /// A matrix of `size * size` values, of which each pair across the diagonal is equal but for rounding.
  init(size: Int, values: [Double]) {
    precondition(values.count == size * size)
    self.size = size
    self.values = values
    for row in 0..<size {
      for column in 0..<row {
        let mean = (values[row * size + column] + values[column * size + row]) / 2
        self.values[row * size + column] = mean
        self.values[column * size + row] = mean
      }
    }
  }

  /// Sample covariances of rows of numbers, with n - 1 below, and their means.
  static func covariance(
    of rows: [Float], width: Int
  ) -> (means: [Double], matrix: SymmetricMatrix) {
    let count = rows.count / width
    var means = [Double](repeating: 0, count: width)
    for place in rows.indices { means[place % width] += Double(rows[place]) }
    for column in 0..<width { means[column] /= Double(count) }
    var sums = [Double](repeating: 0, count: width * width)
    var centered = means
    for row in 0..<count {
      for column in 0..<width {
        centered[column] = Double(rows[row * width + column]) - means[column]
      }
      for first in 0..<width {
        let factor = centered[first]
        for second in 0...first { sums[first * width + second] += factor * centered[second] }
      }
    }
    for first in 0..<width {
      for second in 0...first {
        let value = sums[first * width + second] / Double(max(count - 1, 1))
        sums[first * width + second] = value
        sums[second * width + first] = value
      }
    }
    return (means, SymmetricMatrix(size: width, values: sums))
  }

  /// The sum of the diagonal.
  var trace: Double { (0..<size).reduce(0) { $0 + values[$1 * size + $1] } }

  /// Eigenvalues, in no order, and their eigenvectors, one a row (the cyclic method of Jacobi; Golub and Van Loan,
  /// section 8.5).
  func eigensystem() -> (eigenvalues: [Double], vectors: [Double]) {
    var a = values
    var vectors = [Double](repeating: 0, count: size * size)
    for i in 0..<size { vectors[i * size + i] = 1 }
    let scale = a.reduce(0) { $0 + $1 * $1 }
    // Off the diagonal the squares fall quadratically; ten sweeps are enough for hundreds of rows.
    for _ in 0..<30 {
      var rest = 0.0
      for p in 0..<size { for q in 0..<p { rest += a[p * size + q] * a[p * size + q] } }
      if rest <= scale * 1e-30 { break }
      for p in 0..<size {
        for q in p + 1..<max(size, p + 1) { rotate(&a, &vectors, p, q) }
      }
    }
    return ((0..<size).map { a[$0 * size + $0] }, vectors)
  }

  /// Makes the value at (p, q) zero by a rotation in the plane of p and q.
  private func rotate(_ a: inout [Double], _ vectors: inout [Double], _ p: Int, _ q: Int) {
    let value = a[p * size + q]
    if value == 0 { return }
    let ratio = (a[q * size + q] - a[p * size + p]) / (2 * value)
    let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for k in 0..<size {
      let (first, second) = (a[k * size + p], a[k * size + q])
      a[k * size + p] = cosine * first - sine * second
      a[k * size + q] = sine * first + cosine * second
    }
    for k in 0..<size {
      let (first, second) = (a[p * size + k], a[q * size + k])
      a[p * size + k] = cosine * first - sine * second
      a[q * size + k] = sine * first + cosine * second
      let (own, other) = (vectors[p * size + k], vectors[q * size + k])
      vectors[p * size + k] = cosine * own - sine * other
      vectors[q * size + k] = sine * own + cosine * other
    }
  }

  /// The matrix whose square this is; eigenvalues below 0, which rounding makes, count as 0.
  func squareRoot() -> SymmetricMatrix {
    let (eigenvalues, vectors) = eigensystem()
    var root = [Double](repeating: 0, count: size * size)
    for (index, eigenvalue) in eigenvalues.enumerated() where eigenvalue > 0 {
      let factor = eigenvalue.squareRoot()
      for row in 0..<size {
        let part = factor * vectors[index * size + row]
        for column in 0..<size {
          root[row * size + column] += part * vectors[index * size + column]
        }
      }
    }
    return SymmetricMatrix(size: size, values: root)
  }

  /// This matrix times `other` times this matrix.
  func sandwich(_ other: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(
      size: size, values: product(product(values, other.values), values))
  }

  private func product(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for k in 0..<size {
        let factor = a[row * size + k]
        for column in 0..<size { result[row * size + column] += factor * b[k * size + column] }
      }
    }
    return result
  }
}
