import JointVAEKernels

/// What an optimiser keeps between steps, laid out as `Weights.master`.
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
  /// Adds up the lanes' gradients, takes one step of the optimiser and brings packed weights up to date.
  ///
  /// - Parameters:
  ///   - step: t, counted from 1, for Adam's bias correction.
  ///   - count: samples of the batch, which say how many lanes took part.
  func update(_ optimizer: Optimizer, _ state: OptimizerState, step: Int, count: Int) {
    let total = weights.layout.count
    let chunk = 8192
    let active = laneRanges(count).count
    workers.run((total + chunk - 1) / chunk) { item, _ in
      let range = item * chunk..<min(item * chunk + chunk, total)
      sumLanes(range, active: active)
      apply(optimizer, state, step: step, range)
    }
    weights.pack(on: instructions, workers)
  }

  private func sumLanes(_ range: Range<Int>, active: Int) {
    let count = min(range.upperBound, weights.layout.convolutionCount) - range.lowerBound
    guard count > 0 else { return }
    for lane in 1..<max(active, 1) {
      instructions.add(
        laneGradients[lane - 1].start + range.lowerBound, to: gradient.start + range.lowerBound,
        count: count)
    }
  }

  private func apply(
    _ optimizer: Optimizer, _ state: OptimizerState, step: Int, _ range: Range<Int>
  ) {
    let start = range.lowerBound
    instructions.apply(
      optimizer, weights.master.start + start, first: state.first.start + start,
      second: state.second.start + start, gradient: gradient.start + start, count: range.count,
      step: step)
  }
}

extension InstructionSet {
  /// One step of an optimiser on neighbouring numbers; `count` is a multiple of 16.
  ///
  /// - Parameters:
  ///   - second: read and written by Adam alone.
  ///   - step: t, counted from 1.
  func apply(
    _ optimizer: Optimizer, _ weights: UnsafeMutablePointer<Float>,
    first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>,
    gradient: UnsafePointer<Float>, count: Int, step: Int
  ) {
    switch optimizer {
    case .adam(let learningRate, let beta1, let beta2, let epsilon):
      adam(
        weights, first: first, second: second, gradient: gradient, count: count,
        settings: AdamStep(
          learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, step: step))
    case .sgd(let learningRate, let momentum):
      sgd(
        weights, velocity: first, gradient: gradient, count: count,
        learningRate: Float(learningRate), momentum: Float(momentum))
    }
  }
}
