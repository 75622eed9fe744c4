import JointVAEKernels

/// What an optimizer keeps between steps, laid out as `Weights.master`.
final class OptimizerState {
  /// Adam's first moment; momentum's velocity.
  let first: FloatBuffer
  /// Adam's second moment; empty for stochastic gradient descent.
  let second: FloatBuffer

  init(_ optimizer: Optimizer, count: Int) {
    first = FloatBuffer(count: count)
    if case .adam = optimizer {
      second = FloatBuffer(count: count)
    } else {
      second = FloatBuffer(count: 0)
    }
  }
}

extension TrainingEngine {
  /// The gradients of dense layers, the sum of the lanes' gradients of convolutions, one step of the optimizer, and packed
  /// weights brought up to date: for each part of the parameters one after the other, while it is in the cache.
  ///
  /// - Parameters:
  ///   - step: t, counted from 1, for Adam's bias correction.
  ///   - count: samples of the batch, which say how many lanes took part.
  func update(_ optimizer: Optimizer, _ state: OptimizerState, step: Int, count: Int) {
    let active = ownRanges(count).count
    let optimizerStep = OptimizerStep(optimizer, step: step)
    func apply(_ range: Range<Int>, _ gradient: UnsafePointer<Float>) {
      let start = range.lowerBound
      instructions.apply(
        optimizerStep, weights.master.start + start, first: state.first.start + start,
        second: state.second.start + start, gradient: gradient, count: range.count)
    }
    func applyWithLanes(_ range: Range<Int>) {
      sumLanes(range, active: active)
      apply(range, gradient.start + range.lowerBound)
    }
    forward.run(.update, weights.parts.count) { item, _ in
      switch weights.parts[item] {
      case .plain(let range): applyWithLanes(range)
      case .convolution(let layer, let start, let block, let runs):
        for range in runs { applyWithLanes(range) }
        layer.pack(weights.master.start + start, block: block, on: instructions)
      case .dense(let index, let panel): update(dense: index, panel: panel, count: count, apply)
      }
    }
  }

  /// The sum of the lanes of this process, in `gradient`; nothing where it holds the sums already.
  func sumLanes(_ range: Range<Int>, active: Int) {
    let count = min(range.upperBound, weights.layout.convolutionCount) - range.lowerBound
    guard count > 0, !isReduced else { return }
    LaneTree(active).forEachSum { lane, other in
      instructions.add(
        laneGradient(other) + range.lowerBound, to: laneGradient(lane) + range.lowerBound,
        count: count)
    }
  }
}

/// The order in which lanes are added up: 0 + 1 and 2 + 3, then 0 + 2, and so on.
///
/// A branch of 2, 4, 8 or more neighboring lanes is a sum of its own, which one process can compute. Lanes that a batch does
/// not reach are left out.
struct LaneTree {
  private let lanes: Int

  init(_ lanes: Int) { self.lanes = lanes }

  /// Calls `add` for each sum: the second lane is added to the first one.
  func forEachSum(_ add: (_ lane: Int, _ other: Int) -> Void) {
    var distance = 1
    while distance < lanes {
      for lane in stride(from: 0, to: lanes - distance, by: 2 * distance) {
        add(lane, lane + distance)
      }
      distance *= 2
    }
  }
}

/// An optimizer with the constants of one step.
enum OptimizerStep {
  case adam(AdamStep)
  case sgd(learningRate: Float, momentum: Float)

  /// - Parameter step: t, counted from 1.
  init(_ optimizer: Optimizer, step: Int) {
    switch optimizer {
    case .adam(let learningRate, let beta1, let beta2, let epsilon):
      self = .adam(
        AdamStep(
          learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, step: step))
    case .sgd(let learningRate, let momentum):
      self = .sgd(learningRate: Float(learningRate), momentum: Float(momentum))
    }
  }
}

extension InstructionSet {
  /// One step of an optimizer on neighboring numbers; `count` is a multiple of 16.
  ///
  /// - Parameter second: read and written by Adam alone.
  func apply(
    _ step: OptimizerStep, _ weights: UnsafeMutablePointer<Float>,
    first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>,
    gradient: UnsafePointer<Float>, count: Int
  ) {
    switch step {
    case .adam(let settings):
      adam(
        weights, first: first, second: second, gradient: gradient, count: count, settings: settings)
    case .sgd(let learningRate, let momentum):
      sgd(
        weights, velocity: first, gradient: gradient, count: count, learningRate: learningRate,
        momentum: momentum)
    }
  }
}
