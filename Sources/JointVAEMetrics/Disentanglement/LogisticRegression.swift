import CLibrary

/// A linear classifier by softmax, `p(k | x) ~ exp(w_k x + b_k)`, that minimizes
/// `sum -log p(label | x) + 1/2 sum w^2`: scikit-learn's LogisticRegression with C = 1, to the end.
///
/// Two classes share one weight vector, as there.
package struct LogisticRegression {
  /// Weights and then the bias of each output, `[output, feature + 1]`.
  package private(set) var weights: [Double]
  private let featureCount: Int
  /// The classes that occur in the training labels.
  private let classes: [Int]

  private var outputCount: Int { classes.count == 2 ? 1 : classes.count }
  private var width: Int { featureCount + 1 }

  /// Trains on `[point, feature]` by Newton's method.
  package init(features: [Double], labels: [Int], classCount: Int) {
    featureCount = features.count / max(labels.count, 1)
    classes = (0..<classCount).filter(labels.contains)
    weights = []
    weights = Array(repeating: 0, count: outputCount * width)
    guard classes.count > 1 else { return }
    let places = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    let targets = labels.map { places[$0] ?? 0 }
    for _ in 0..<100 {
      let (loss, gradient, hessian) = derivatives(features, targets)
      let steepest = gradient.reduce(0) { max($0, abs($1)) }
      guard steepest > 1e-12 * Double(labels.count),
        let step = solvePositiveDefinite(hessian, gradient)
      else { return }
      let slope = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard slope >= 1e-9 * max(loss, 1) else {
        // What is left to gain drowns in the loss's rounding; one unchecked step ends at the minimum.
        for i in weights.indices { weights[i] -= step[i] }
        return
      }
      descend(along: step, slope: slope, from: loss, features, targets)
    }
  }

  /// The most probable class of each point.
  func predictions(_ features: [Double]) -> [Int] {
    stride(from: 0, to: features.count, by: featureCount).map { start in
      let logits = logits(features, at: start)
      return classes[logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }]
    }
  }

  /// The share of the points whose most probable class is their label.
  func accuracy(features: [Double], labels: [Int]) -> Double {
    let correct = zip(predictions(features), labels).count { $0 == $1 }
    return Double(correct) / Double(max(labels.count, 1))
  }

  /// What a class without training images is taken to have.
  static let leastProbability = 1e-12

  /// The sum of `-log p(label | x)`.
  func crossEntropy(features: [Double], labels: [Int]) -> Double {
    let places = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    return labels.enumerated().reduce(0) { sum, point in
      guard let place = places[point.element] else { return sum - log(Self.leastProbability) }
      let (_, logSum, logits) = probabilities(features, at: point.offset * featureCount)
      return sum + logSum - logits[place]
    }
  }

  /// A logit for each class.
  private func logits(_ features: [Double], at start: Int) -> [Double] {
    let outputs = (0..<outputCount).map { output in
      var sum = weights[output * width + featureCount]
      for j in 0..<featureCount { sum += weights[output * width + j] * features[start + j] }
      return sum
    }
    return classes.count == 2 ? [0] + outputs : outputs
  }

  private func probabilities(_ features: [Double], at start: Int) -> (
    values: [Double], logSum: Double, logits: [Double]
  ) {
    let logits = logits(features, at: start)
    let largest = logits.max() ?? 0
    let powers = logits.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return (powers.map { $0 / sum }, largest + log(sum), logits)
  }

  private func loss(_ features: [Double], _ targets: [Int]) -> Double {
    var sum = penalty
    for (point, target) in targets.enumerated() {
      let (_, logSum, logits) = probabilities(features, at: point * featureCount)
      sum += logSum - logits[target]
    }
    return sum
  }

  private var penalty: Double {
    weights.indices.reduce(0) {
      $0 + ($1 % width == featureCount ? 0 : weights[$1] * weights[$1] / 2)
    }
  }

  private func derivatives(
    _ features: [Double], _ targets: [Int]
  ) -> (loss: Double, gradient: [Double], hessian: [Double]) {
    let size = weights.count
    var loss = penalty
    var gradient = [Double](repeating: 0, count: size)
    var hessian = [Double](repeating: 0, count: size * size)
    for i in 0..<size where i % width != featureCount {
      gradient[i] = weights[i]
      hessian[i * size + i] = 1
    }
    let shift = classes.count - outputCount
    var input = [Double](repeating: 1, count: width)
    for (point, target) in targets.enumerated() {
      for j in 0..<featureCount { input[j] = features[point * featureCount + j] }
      let (probabilities, logSum, logits) = probabilities(features, at: point * featureCount)
      loss += logSum - logits[target]
      for a in 0..<outputCount {
        let p = probabilities[a + shift]
        let error = p - (target == a + shift ? 1 : 0)
        for j in 0..<width { gradient[a * width + j] += error * input[j] }
        for b in 0...a {
          let curvature = p * ((a == b ? 1 : 0) - probabilities[b + shift])
          for j in 0..<width {
            let row = (a * width + j) * size + b * width
            let scaled = curvature * input[j]
            for k in 0..<width { hessian[row + k] += scaled * input[k] }
          }
        }
      }
    }
    for i in 0..<size {
      // Equal amounts on all biases change nothing: a touch of curvature makes the system solvable.
      hessian[i * size + i] += 1e-9 * Double(targets.count)
      for j in 0..<i { hessian[j * size + i] = hessian[i * size + j] }
    }
    return (loss, gradient, hessian)
  }

  /// Moves against `step`, halved until the loss falls enough.
  private mutating func descend(
    along step: [Double], slope: Double, from loss: Double, _ features: [Double],
    _ targets: [Int]
  ) {
    let start = weights
    var length = 1.0
    for _ in 0..<40 {
      for i in weights.indices { weights[i] = start[i] - length * step[i] }
      if self.loss(features, targets) <= loss - 1e-4 * length * slope { return }
      length /= 2
    }
  }
}

/// The solution of `matrix x = vector` for a symmetric positive definite matrix, by Cholesky's
/// decomposition; nil for others.
func solvePositiveDefinite(_ matrix: [Double], _ vector: [Double]) -> [Double]? {
  let size = vector.count
  var lower = matrix
  for i in 0..<size {
    for j in 0...i {
      var sum = lower[i * size + j]
      for k in 0..<j { sum -= lower[i * size + k] * lower[j * size + k] }
      if i == j {
        guard sum > 0 else { return nil }
        lower[i * size + i] = sum.squareRoot()
      } else {
        lower[i * size + j] = sum / lower[j * size + j]
      }
    }
  }
  var solution = vector
  for i in 0..<size {
    for k in 0..<i { solution[i] -= lower[i * size + k] * solution[k] }
    solution[i] /= lower[i * size + i]
  }
  for i in (0..<size).reversed() {
    for k in i + 1..<size { solution[i] -= lower[k * size + i] * solution[k] }
    solution[i] /= lower[i * size + i]
  }
  return solution
}
