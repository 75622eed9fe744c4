import JointVAEKernels

extension TrainingEngine {
  /// From the gradient by the decoder's first planes to that of the encoder's convolutions, and to the gradients by every
  /// dense layer's outputs, of which `update` makes those by its parameters.
  ///
  /// - Parameters:
  ///   - continuousSlope: derivative of the loss by a sample's KL of z.
  ///   - discreteSlope: derivative of the loss by a sample's sum alpha log alpha.
  ///   - terms: derivatives of the loss by the latents of the batch; nil when no term depends on them.
  ///   - swapped: pairs of twins that were decoded with each other's categories; 0 for none.
  func backward(
    count: Int, continuousSlope: Float, discreteSlope: Float, terms: LatentGradient? = nil,
    swappedPairs swapped: Int = 0
  ) {
    for index in network.denseToFeatures.reversed() { inputGradient(dense: index, count: count) }
    backToLatents(count)
    // Each twin's c was decoded in the other's place, and has its gradient there.
    let row = network.latentRow
    exchange(latentGradient, row: row, pairs: swapped)
    exchange(forward.activations.latents, row: row, pairs: swapped)
    backThroughLatents(
      count, continuousSlope: continuousSlope, discreteSlope: discreteSlope, terms: terms)
    exchange(forward.activations.latents, row: row, pairs: swapped)
    for index in network.denseBeforeHeads.reversed() { inputGradient(dense: index, count: count) }
    backThroughEncoder(count)
  }

  private func backToLatents(_ count: Int) {
    forward.run(.denseBackward, (count + 7) / 8) { item, _ in
      inputGradient(dense: network.fromLatents, samples: item * 8..<min(item * 8 + 8, count))
    }
  }

  private func backThroughLatents(
    _ count: Int, continuousSlope: Float, discreteSlope: Float, terms: LatentGradient?
  ) {
    let row = network.latentRow
    forward.run(.denseBackward, (count + 7) / 8) { item, _ in
      let samples = item * 8..<min(item * 8 + 8, count)
      for sample in samples {
        let byLatent = latentGradient.start + sample * row
        let byHeads = headsGradient.start + sample * network.headsRow
        func backward(_ others: TermSlopes?) {
          forward.latentSample(sample).backward(
            byLatent, continuousSlope: continuousSlope, discreteSlope: discreteSlope,
            adding: others, to: byHeads)
        }
        if let terms {
          terms.withSlopes(of: sample, network.latents, adding: byLatent, backward)
        } else {
          backward(nil)
        }
      }
      inputGradient(dense: network.heads, samples: samples)
    }
  }

  private func backThroughEncoder(_ count: Int) {
    let ranges = laneRanges(count)
    forward.run(.encoderBackward, ranges.count) { lane, worker in
      var accumulates = false
      forward.forEachSlice(of: ranges[lane]) { slice in
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
    var output = featureGradient.start + slice.lowerBound * network.encoder[last].output.count
    forward.convolve(slice, layer: 0, worker: worker)
    for index in network.encoder.indices.reversed() {
      let packed = weights.encoder[index]
      let plane = network.encoder[index].output
      let block = weights.layout.encoder[index]
      let input = forward.encoderInput(index, slice: slice, worker: worker)
      let sums = gradient + block.bias
      if !accumulates {
        sums.update(repeating: 0, count: NetworkLayout.padded(plane.channels))
      }
      for sample in 0..<slice.count {
        plane.addChannelSums(of: output + sample * plane.count, to: sums, on: instructions)
      }
      // As in the decoder, the gradient takes the place of the activation that masks it.
      packed.backward(
        input, outputGradient: output, samples: slice.count,
        weights: weights.master.start + block.weights, to: gradient + block.weights,
        accumulates: accumulates, slope: network.slope, scratch: forward.scratch[worker].start,
        on: instructions)
      output = input
    }
  }
}
