import JointVAEKernels

extension TrainingEngine {
  /// The gradient by some panels of dense layer `index`'s inputs, of samples that start at a multiple of 8.
  func inputGradient(dense index: Int, panels: Range<Int>, samples: Range<Int>) {
    let gradients = denseGradients[index]
    // The latent vector passes no activation; the inputs of all other layers did.
    let epilogue: Epilogue =
      index == network.fromLatents
      ? .none
      : .masked(by: forward.activations.dense[index].input.start, slope: network.slope)
    network.dense[index].inputGradient(
      gradients.output.start, transposed: weights.transposed[index].start,
      to: gradients.input.start, panels: panels, samples: samples, epilogue: epilogue,
      on: instructions)
  }

  /// The gradient by all inputs of dense layer `index`, of samples that start at a multiple of 8.
  func inputGradient(dense index: Int, samples: Range<Int>) {
    inputGradient(dense: index, panels: 0..<network.dense[index].inputPanels, samples: samples)
  }

  /// The gradient by the inputs of dense layer `index` for some samples of the batch, on all threads.
  func inputGradient(dense index: Int, of samples: Range<Int>) {
    guard !samples.isEmpty else { return }
    let job = DenseJob(panels: network.dense[index].inputPanels, samples: samples)
    forward.run(.denseBackward, job.count) { item, _ in
      let (panels, samples) = job[item]
      inputGradient(dense: index, panels: panels, samples: samples)
    }
  }

  /// The gradient by one panel of a dense layer's outputs, 32 inputs at a time, each followed by `use`, and then the
  /// biases' gradient. Those that `gradient` holds as sums over all processes are not computed.
  ///
  /// - Parameters:
  ///   - isKept: whether `gradient` holds all of it afterwards.
  ///   - use: is given where the weights stand among all parameters, and their gradient.
  func gradients(
    dense index: Int, panel: Int, count: Int, isKept: Bool,
    _ use: (_ range: Range<Int>, _ gradient: UnsafePointer<Float>) -> Void
  ) {
    let layer = network.dense[index]
    let block = weights.layout.dense[index]
    let input = forward.activations.dense[index].input
    let outputGradient = denseGradients[index].output
    let isGiven = isReduced && splitsDenseGradients
    // A place that stays in the first-level cache: all gradients would be 2 MB to write and fetch again.
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 32 * 32) { memory in
      guard let scratch = memory.baseAddress else { return }
      for inputPanel in 0..<layer.inputPanels {
        let range = weightRange(dense: index, panel: panel, inputPanel: inputPanel)
        let target =
          isKept || isGiven ? gradient.start + range.lowerBound : scratch
        if !isGiven {
          sumOverLanes(count, to: target, count: 32 * 32) { samples, target in
            layer.weightGradient(
              input.start + samples.lowerBound * layer.input.sample,
              outputGradient.start + samples.lowerBound * layer.output.sample,
              samples: samples.count, to: target, panel: panel, inputPanel: inputPanel,
              on: instructions)
          }
        }
        use(range, target)
      }
    }
    let bias = block.bias + panel * 32
    if !isGiven {
      sumOverLanes(count, to: gradient.start + bias, count: 32) { samples, target in
        layer.biasGradient(
          outputGradient.start + samples.lowerBound * layer.output.sample,
          samples: samples.count, to: target - panel * 32, panel: panel, on: instructions)
      }
    }
    use(bias..<bias + 32, gradient.start + bias)
  }

  /// Writes a sum over the samples of a batch: over those of each lane where the gradients of dense layers are split, and
  /// then over the lanes of this process.
  ///
  /// - Parameter body: writes the sum over some samples.
  private func sumOverLanes(
    _ samples: Int, to target: UnsafeMutablePointer<Float>, count: Int,
    _ body: (_ samples: Range<Int>, _ target: UnsafeMutablePointer<Float>) -> Void
  ) {
    guard splitsDenseGradients else { return body(0..<samples, target) }
    let ranges = ownRanges(samples)
    guard let first = ranges.first else {
      // Added to a sum, it leaves every bit as it is.
      return target.update(repeating: -0.0, count: count)
    }
    body(first, target)
    guard ranges.count > 1 else { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: (ranges.count - 1) * count) { memory in
      guard let others = memory.baseAddress else { return }
      func place(_ lane: Int) -> UnsafeMutablePointer<Float> {
        lane == 0 ? target : others + (lane - 1) * count
      }
      for (lane, range) in ranges.enumerated().dropFirst() { body(range, place(lane)) }
      LaneTree(ranges.count).forEachSum { instructions.add(place($1), to: place($0), count: count) }
    }
  }

  /// The gradient by one panel of a dense layer's outputs, 32 inputs at a time, each followed by `apply` and by the
  /// transposed copy.
  func update(
    dense index: Int, panel: Int, count: Int,
    _ apply: (_ range: Range<Int>, _ gradient: UnsafePointer<Float>) -> Void
  ) {
    let layer = network.dense[index]
    let block = weights.layout.dense[index]
    let transposed = weights.transposed[index]
    var inputPanel = 0
    gradients(dense: index, panel: panel, count: count, isKept: keepsGradients) { range, gradient in
      apply(range, gradient)
      // The biases come last.
      guard inputPanel < layer.inputPanels else { return }
      layer.transpose(
        weights.master.start + block.weights, panel: panel, inputPanel: inputPanel,
        to: transposed.start, on: instructions)
      inputPanel += 1
    }
  }

  /// Where 32 by 32 weights of a dense layer stand among all parameters.
  func weightRange(dense index: Int, panel: Int, inputPanel: Int) -> Range<Int> {
    let start =
      weights.layout.dense[index].weights
      + network.dense[index].weightIndex(output: panel * 32, input: inputPanel * 32)
    return start..<start + 32 * 32
  }
}
