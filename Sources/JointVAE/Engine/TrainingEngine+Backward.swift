import JointVAEKernels

extension TrainingEngine {
  /// From the gradient by the decoder's first planes to the gradients of all other parameters.
  ///
  /// - Parameters:
  ///   - continuousSlope: derivative of the loss by a sample's KL of z.
  ///   - discreteSlope: derivative of the loss by a sample's sum alpha log alpha.
  ///   - pairs: derivatives of the terms of pairs; nil without them.
  func backward(
    count: Int, continuousSlope: Float, discreteSlope: Float, pairs: PairSlopes? = nil
  ) {
    backThroughFeatures(count)
    backThroughLatentHidden(count)
    // Each twin's c was decoded in the other's place, and has its gradient there.
    let swapped = pairs.map { $0.swapsCategories ? $0.pairs : 0 } ?? 0
    let row = network.latentHidden.input.sample
    exchange(latentGradient, row: row, pairs: swapped)
    exchange(engine.activations.latents, row: row, pairs: swapped)
    backThroughLatents(
      count, continuousSlope: continuousSlope, discreteSlope: discreteSlope, pairs: pairs)
    exchange(engine.activations.latents, row: row, pairs: swapped)
    backThroughHidden(count)
    backThroughEncoder(count)
  }

  private func backThroughFeatures(_ count: Int) {
    let layer = network.features
    let activations = engine.activations
    let blocks = engine.denseBlocks(count)
    let inputs = layer.inputPanels * blocks.count
    workers.run(inputs + layer.outputPanels) { item, _ in
      if item < inputs {
        layer.inputGradient(
          activations.features.start, transposed: weights.transposedFeatures.start,
          to: latentHiddenGradient.start, panel: item / blocks.count,
          samples: blocks[item % blocks.count], mask: activations.latentHidden.start,
          on: instructions)
      } else {
        parameterGradient(
          layer, weights.layout.features, input: activations.latentHidden,
          outputGradient: activations.features, count: count, panel: item - inputs)
      }
    }
  }

  private func backThroughLatentHidden(_ count: Int) {
    let layer = network.latentHidden
    workers.run((count + 7) / 8) { item, _ in
      for panel in 0..<layer.inputPanels {
        layer.inputGradient(
          latentHiddenGradient.start, transposed: weights.transposedLatentHidden.start,
          to: latentGradient.start, panel: panel, samples: item * 8..<min(item * 8 + 8, count),
          mask: nil, on: instructions)
      }
    }
  }

  private func backThroughLatents(
    _ count: Int, continuousSlope: Float, discreteSlope: Float, pairs: PairSlopes?
  ) {
    let heads = network.heads
    let categories = network.latents.categoryCount
    workers.run((count + 7) / 8) { item, _ in
      let samples = item * 8..<min(item * 8 + 8, count)
      for sample in samples {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: max(categories, 1)) { byAlpha in
          if let pairs, let start = byAlpha.baseAddress {
            pairGradient(of: sample, slopes: pairs, to: start)
          }
          engine.latentSample(sample).backward(
            latentGradient.start + sample * network.latentHidden.input.sample,
            continuousSlope: continuousSlope, discreteSlope: discreteSlope,
            byAlpha: pairs == nil ? nil : byAlpha.baseAddress,
            to: headsGradient.start + sample * heads.output.sample)
        }
      }
      for panel in 0..<heads.inputPanels {
        heads.inputGradient(
          headsGradient.start, transposed: weights.transposedHeads.start,
          to: hiddenGradient.start, panel: panel, samples: samples,
          mask: engine.activations.hidden.start, on: instructions)
      }
    }
  }

  private func backThroughHidden(_ count: Int) {
    let activations = engine.activations
    let layout = weights.layout
    let layer = network.hidden
    let blocks = engine.denseBlocks(count)
    let inputs = layer.inputPanels * blocks.count
    let hidden = inputs + layer.outputPanels
    let latentHidden = hidden + network.latentHidden.outputPanels
    guard let last = activations.encoder.last else { return }
    workers.run(latentHidden + network.heads.outputPanels) { item, _ in
      if item < inputs {
        layer.inputGradient(
          hiddenGradient.start, transposed: weights.transposedHidden.start,
          to: featureGradient.start, panel: item / blocks.count,
          samples: blocks[item % blocks.count], mask: last.start, on: instructions)
      } else if item < hidden {
        parameterGradient(
          layer, layout.hidden, input: last, outputGradient: hiddenGradient, count: count,
          panel: item - inputs)
      } else if item < latentHidden {
        parameterGradient(
          network.latentHidden, layout.latentHidden, input: activations.latents,
          outputGradient: latentHiddenGradient, count: count, panel: item - hidden)
      } else {
        parameterGradient(
          network.heads, layout.heads, input: activations.hidden, outputGradient: headsGradient,
          count: count, panel: item - latentHidden)
      }
    }
  }

  /// The gradient by the weights and biases of one panel of outputs.
  private func parameterGradient(
    _ layer: DenseLayer, _ block: ParameterLayout.Block, input: FloatBuffer,
    outputGradient: FloatBuffer, count: Int, panel: Int
  ) {
    for inputPanel in 0..<layer.inputPanels {
      layer.weightGradient(
        input.start, outputGradient.start, samples: count, to: gradient.start + block.weights,
        panel: panel, inputPanel: inputPanel, on: instructions)
    }
    layer.biasGradient(
      outputGradient.start, samples: count, to: gradient.start + block.bias, panel: panel,
      on: instructions)
  }

  private func backThroughEncoder(_ count: Int) {
    let ranges = laneRanges(count)
    workers.run(ranges.count) { lane, worker in
      var accumulates = false
      engine.forEachSlice(of: ranges[lane]) { slice in
        backThroughEncoder(slice, lane: lane, accumulates: accumulates, worker: worker)
        accumulates = true
      }
    }
  }

  private func backThroughEncoder(
    _ slice: Range<Int>, lane: Int, accumulates: Bool, worker: Int
  ) {
    let gradient = laneGradient(lane)
    let last = network.encoder.count - 1
    var small = featureGradient.start + slice.lowerBound * network.encoder[last].small.count
    engine.convolve(slice, layer: 0, worker: worker)
    for index in network.encoder.indices.reversed() {
      let packed = weights.encoder[index]
      let layer = packed.layer
      let block = weights.layout.encoder[index]
      let input = engine.encoderInput(index, slice: slice, worker: worker)
      let sums = gradient + block.bias
      if !accumulates {
        sums.update(repeating: 0, count: NetworkLayout.padded(layer.small.channels))
      }
      for sample in 0..<slice.count {
        layer.small.addChannelSums(
          of: small + sample * layer.small.count, to: sums, on: instructions)
      }
      // As in the decoder, the gradient takes the place of the activation that masks it.
      packed.backwardOfDown(
        input, outputGradient: small, samples: slice.count, to: gradient + block.weights,
        accumulates: accumulates, scratch: engine.scratch[worker].start, on: instructions)
      small = input
    }
  }
}
