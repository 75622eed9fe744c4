/// Linear support vector classification of a single number, one class against the rest: for each
/// class the line `w x + b` that minimizes `1/2 (w^2 + b^2) + sum_i C_i max(0, 1 - y_i (w x_i +
/// b))^2`, with y = 1 for its members and -1 for others.
///
/// C is 0.01; members count `C n / (K n_k)`, so that rare classes weigh as much as common ones.
/// That is the minimum that scikit-learn's `LinearSVC(C=0.01, class_weight="balanced")` approaches;
/// as there, the rest counts C, and with two classes both are balanced and share one line.
package struct SupportVectorThresholds {
  /// The classes that occur in the training labels, and a line for each (for two classes: for the
  /// second).
  private let classes: [Int]
  package private(set) var lines: [(slope: Double, bias: Double)]

  private static let penalty = 0.01

  package init(inputs: [Double], labels: [Int], classCount: Int) {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    let classes = counts.indices.filter { counts[$0] > 0 }
    self.classes = classes
    func balanced(_ label: Int) -> Double {
      Self.penalty * Double(labels.count) / Double(classes.count * counts[label])
    }
    if classes.count == 2 {
      lines = [
        Self.line(
          inputs, labels, member: classes[1], weight: balanced(classes[1]),
          restWeight: balanced(classes[0]))
      ]
    } else {
      lines = classes.map {
        Self.line(inputs, labels, member: $0, weight: balanced($0), restWeight: Self.penalty)
      }
    }
  }

  /// The class whose line is highest, the first of equals.
  func prediction(_ input: Double) -> Int {
    let heights = lines.map { $0.slope * input + $0.bias }
    if classes.count == 2 { return heights[0] > 0 ? classes[1] : classes[0] }
    return classes[heights.indices.reduce(0) { heights[$1] > heights[$0] ? $1 : $0 }]
  }

  /// Newton's method; the loss is strictly convex and quadratic between finitely many kinks, so it
  /// ends at the minimum.
  private static func line(
    _ inputs: [Double], _ labels: [Int], member: Int, weight: Double, restWeight: Double
  ) -> (slope: Double, bias: Double) {
    var slope = 0.0
    var bias = 0.0
    func loss(_ slope: Double, _ bias: Double) -> Double {
      var sum = (slope * slope + bias * bias) / 2
      for (x, label) in zip(inputs, labels) {
        let sign = label == member ? 1.0 : -1.0
        let miss = max(0, 1 - sign * (slope * x + bias))
        sum += (label == member ? weight : restWeight) * miss * miss
      }
      return sum
    }
    var current = loss(0, 0)
    for _ in 0..<100 {
      var gradient = (slope: slope, bias: bias)
      var curvature = (slope: 1.0, mixed: 0.0, bias: 1.0)
      for (x, label) in zip(inputs, labels) {
        let sign = label == member ? 1.0 : -1.0
        let miss = 1 - sign * (slope * x + bias)
        guard miss > 0 else { continue }
        let factor = 2 * (label == member ? weight : restWeight)
        gradient.slope -= factor * miss * sign * x
        gradient.bias -= factor * miss * sign
        curvature.slope += factor * x * x
        curvature.mixed += factor * x
        curvature.bias += factor
      }
      let determinant = curvature.slope * curvature.bias - curvature.mixed * curvature.mixed
      let step = (
        slope: (curvature.bias * gradient.slope - curvature.mixed * gradient.bias) / determinant,
        bias: (curvature.slope * gradient.bias - curvature.mixed * gradient.slope) / determinant
      )
      let gain = step.slope * gradient.slope + step.bias * gradient.bias
      guard gain > 1e-20 * max(current, 1e-30) else { break }
      var length = 1.0
      // Near the minimum rounding hides the gain; the last steps go unchecked.
      if gain > 1e-10 * current {
        while length > 1e-6,
          loss(slope - length * step.slope, bias - length * step.bias)
            > current - 1e-4 * length * gain
        {
          length /= 2
        }
      }
      slope -= length * step.slope
      bias -= length * step.bias
      current = loss(slope, bias)
    }
    return (slope, bias)
  }
}
