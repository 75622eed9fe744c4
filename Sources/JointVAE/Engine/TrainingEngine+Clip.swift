import JointVAEKernels

extension TrainingEngine {
  /// Computes what is left of the gradients, for a step that scales them before the optimizer sees them: those of
  /// dense layers, and the sum of the lanes' gradients of convolutions.
  ///
  /// Each part of the parameters has a sum of its own, and they are added in the order of the parts: the number of
  /// threads cannot change a bit.
  ///
  /// - Returns: the sum of the squares of all gradients.
  func finishGradients(count: Int) -> Double {
    let active = ownRanges(count).count
    let parts = weights.parts
    var squares = [Double](repeating: 0, count: parts.count)
    squares.withUnsafeMutableBufferPointer { squares in
      let squares = squares
      func addWithLanes(_ range: Range<Int>, _ item: Int) {
        sumLanes(range, active: active)
        squares[item] += Self.squares(gradient.start + range.lowerBound, count: range.count)
      }
      forward.run(.update, parts.count) { item, _ in
        switch parts[item] {
        case .plain(let range): addWithLanes(range, item)
        case .convolution(_, _, _, let runs): for range in runs { addWithLanes(range, item) }
        case .dense(let index, let panel):
          gradients(dense: index, panel: panel, count: count, isKept: true) { range, gradient in
            squares[item] += Self.squares(gradient, count: range.count)
          }
        }
      }
    }
    return squares.reduce(0, +)
  }

  /// One step of the optimizer on the gradients that `finishGradients` left, each times `factor`, and packed weights
  /// brought up to date.
  ///
  /// - Parameter step: t, counted from 1.
  func updateFinished(
    _ optimizer: Optimizer, _ state: OptimizerState, step: Int, factor: Float
  ) {
    let optimizerStep = OptimizerStep(optimizer, step: step)
    func apply(_ range: Range<Int>) {
      let gradient = gradient.start + range.lowerBound
      for place in 0..<range.count { gradient[place] *= factor }
      instructions.apply(
        optimizerStep, weights.master.start + range.lowerBound,
        first: state.first.start + range.lowerBound,
        second: state.second.start + range.lowerBound, gradient: gradient, count: range.count)
    }
    forward.run(.update, weights.parts.count) { item, _ in
      switch weights.parts[item] {
      case .plain(let range): apply(range)
      case .convolution(let layer, let start, let block, let runs):
        for range in runs { apply(range) }
        layer.pack(weights.master.start + start, block: block, on: instructions)
      case .dense(let index, let panel):
        let block = weights.layout.dense[index]
        for inputPanel in 0..<network.dense[index].inputPanels {
          apply(weightRange(dense: index, panel: panel, inputPanel: inputPanel))
          network.dense[index].transpose(
            weights.master.start + block.weights, panel: panel, inputPanel: inputPanel,
            to: weights.transposed[index].start, on: instructions)
        }
        apply(block.bias + panel * 32..<block.bias + panel * 32 + 32)
      }
    }
  }

  private static func squares(_ values: UnsafePointer<Float>, count: Int) -> Double {
    var sum = 0.0
    for place in 0..<count { sum += Double(values[place]) * Double(values[place]) }
    return sum
  }
}
