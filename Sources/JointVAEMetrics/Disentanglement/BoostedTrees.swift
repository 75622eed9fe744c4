import CLibrary
import JointVAEKernels

/// Gradient boosted trees for classification (Friedman 2001): 100 rounds of one tree of depth 3 a
/// class, learning rate 0.1.
///
/// The algorithm and the settings of scikit-learn's GradientBoostingClassifier: exact splits of
/// 32-bit numbers halfway between neighbors, least squares on the gradient of the multinomial
/// deviance, one Newton step a leaf. Where splits are equally good it takes the first variable,
/// scikit-learn a random one. Only what DCI asks for comes out: importances and accuracies.
struct BoostedTrees {
  /// For each variable its share of all that splits have reduced the squared error by; all 0 when
  /// there was no split.
  let importances: [Double]
  /// The share of the training images it classifies rightly.
  let trainingAccuracy: Double
  /// The share of the test images it classifies rightly.
  let testAccuracy: Double

  static let rounds = 100
  static let learningRate = 0.1

  /// Trains on the columns of `training`, which name at least two classes.
  init(
    training: Representation, labels: [Int], test: Representation, testLabels: [Int],
    classCount: Int, workers: Workers
  ) {
    let classes = (0..<classCount).filter(labels.contains)
    let places = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    let targets = labels.map { places[$0] ?? 0 }
    let features = SortedFeatures(training)
    let testFeatures = test.columns.indices.map { test.column($0).map { Float($0) } }
    // Two classes need one tree a round, for the log-odds of the second.
    let outputs = classes.count == 2 ? [1] : Array(classes.indices)
    let state = BoostingState(
      targets: targets, classCount: classes.count, outputs: outputs, testCount: test.count)
    let growers = outputs.map { _ in TreeGrower(features) }
    for _ in 0..<Self.rounds {
      state.computeProbabilities()
      workers.run(outputs.count) { output, _ in
        let grower = growers[output]
        state.fillResiduals(output, to: grower.residuals)
        grower.grow()
        let values = state.leafValues(output, leaves: grower.leaves, residuals: grower.residuals)
        state.add(
          values, leaves: grower.leaves, testLeaves: grower.leaves(of: testFeatures), output)
      }
    }
    var sums = [Double](repeating: 0, count: training.columns.count)
    for grower in growers {
      for (j, importance) in grower.importances.enumerated() { sums[j] += importance }
    }
    let total = sums.reduce(0, +)
    importances = total > 0 ? sums.map { $0 / total } : sums
    let predictions = state.predictions
    trainingAccuracy = Self.accuracy(predictions.training.map { classes[$0] }, labels)
    testAccuracy = Self.accuracy(predictions.test.map { classes[$0] }, testLabels)
  }

  private static func accuracy(_ predictions: [Int], _ labels: [Int]) -> Double {
    Double(zip(predictions, labels).count { $0 == $1 }) / Double(max(labels.count, 1))
  }
}

/// What boosting has added up so far, an output at a time: threads may work on different outputs at
/// once.
private final class BoostingState: @unchecked Sendable {
  private let targets: [Int]
  private let classCount: Int
  /// The class each output speaks for.
  private let outputs: [Int]
  /// Logits of the training images, `[output][image]`, and of the test images.
  private let logits: [UnsafeMutableBufferPointer<Double>]
  private let testLogits: [UnsafeMutableBufferPointer<Double>]
  private let probabilities: [UnsafeMutableBufferPointer<Double>]

  init(targets: [Int], classCount: Int, outputs: [Int], testCount: Int) {
    self.targets = targets
    self.classCount = classCount
    self.outputs = outputs
    func buffers(_ count: Int) -> [UnsafeMutableBufferPointer<Double>] {
      outputs.map { output in
        // Boosting starts from the classes' shares.
        let share = Double(targets.count { $0 == output }) / Double(targets.count)
        let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
        buffer.initialize(repeating: classCount == 2 ? log(share / (1 - share)) : log(share))
        return buffer
      }
    }
    logits = buffers(targets.count)
    testLogits = buffers(testCount)
    probabilities = buffers(targets.count)
  }

  deinit { for buffer in logits + testLogits + probabilities { buffer.deallocate() } }

  /// Logits to probabilities, softmax or logistic function.
  func computeProbabilities() {
    for image in targets.indices {
      if classCount == 2 {
        probabilities[0][image] = 1 / (1 + exp(-logits[0][image]))
        continue
      }
      var largest = -Double.infinity
      for output in outputs.indices { largest = max(largest, logits[output][image]) }
      var sum = 0.0
      for output in outputs.indices {
        let power = exp(logits[output][image] - largest)
        probabilities[output][image] = power
        sum += power
      }
      for output in outputs.indices { probabilities[output][image] /= sum }
    }
  }

  /// What the next tree is to add: target minus probability.
  func fillResiduals(_ output: Int, to residuals: UnsafeMutableBufferPointer<Double>) {
    let speaksFor = outputs[output]
    for (image, target) in targets.enumerated() {
      residuals[image] = (target == speaksFor ? 1 : 0) - probabilities[output][image]
    }
  }

  /// A Newton step on the deviance for each leaf: `(K - 1) / K sum r / sum p (1 - p)`, without the
  /// factor for two classes.
  func leafValues(
    _ output: Int, leaves: UnsafeMutableBufferPointer<UInt8>,
    residuals: UnsafeMutableBufferPointer<Double>
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: TreeGrower.leafCount)
    var curvatures = sums
    for (image, leaf) in leaves.enumerated() {
      let p = probabilities[output][image]
      sums[Int(leaf)] += residuals[image]
      curvatures[Int(leaf)] += p * (1 - p)
    }
    let factor = classCount == 2 ? 1 : Double(classCount - 1) / Double(classCount)
    return zip(sums, curvatures).map { abs($1) < 1e-150 ? 0 : factor * $0 / $1 }
  }

  func add(
    _ values: [Double], leaves: UnsafeMutableBufferPointer<UInt8>, testLeaves: [UInt8],
    _ output: Int
  ) {
    for (image, leaf) in leaves.enumerated() {
      logits[output][image] += BoostedTrees.learningRate * values[Int(leaf)]
    }
    for (image, leaf) in testLeaves.enumerated() {
      testLogits[output][image] += BoostedTrees.learningRate * values[Int(leaf)]
    }
  }

  var predictions: (training: [Int], test: [Int]) {
    func best(_ logits: [UnsafeMutableBufferPointer<Double>], _ image: Int) -> Int {
      if classCount == 2 { return logits[0][image] > 0 ? 1 : 0 }
      return outputs.indices.reduce(0) { logits[$1][image] > logits[$0][image] ? $1 : $0 }
    }
    return (
      targets.indices.map { best(logits, $0) },
      (testLogits.first?.indices ?? 0..<0).map { best(testLogits, $0) }
    )
  }
}
