import JointVAEKernels

extension TrainingEngine {
  /// From the gradient by the decoder's first planes to that by the encoder's last ones, and to the gradients by every dense
  /// layer's outputs, of which `update` makes those by its parameters. `backThroughEncoder` follows.
  ///
  /// - Parameters:
  ///   - continuousSlope: derivative of the loss by a sample's KL of z.
  ///   - discreteSlope: derivative of the loss by a sample's sum alpha log alpha.
  ///   - terms: derivatives of the loss by the latents of the batch; nil when no term depends on them.
  ///   - swapped: pairs of twins that were decoded with each other's categories; 0 for none.
  ///   - gatherLatentGradients: called where twins need each other's; processes that share the batch exchange them.
  func backward(
    count: Int, continuousSlope: Float, discreteSlope: Float, terms: LatentGradient? = nil,
    swappedPairs swapped: Int = 0, gatherLatentGradients: () throws -> Void = {}
  ) rethrows {
    let samples = ownSamples(count)
    for index in network.denseToFeatures.reversed() { inputGradient(dense: index, of: samples) }
    backToLatents(samples)
    if swapped > 0 { try gatherLatentGradients() }
    // Each twin's c was decoded in the other's place, and has its gradient there.
    let row = network.latentRow
    exchange(latentGradient, row: row, pairs: swapped)
    exchange(forward.activations.latents, row: row, pairs: swapped)
    backThroughLatents(
      samples, continuousSlope: continuousSlope, discreteSlope: discreteSlope, terms: terms)
    exchange(forward.activations.latents, row: row, pairs: swapped)
    for index in network.denseBeforeHeads.reversed() { inputGradient(dense: index, of: samples) }
  }

  private func backToLatents(_ samples: Range<Int>) {
    let blocks = SampleBlocks(samples)
    forward.run(.denseBackward, blocks.count) { item, _ in
      inputGradient(dense: network.fromLatents, samples: blocks[item])
    }
  }

  private func backThroughLatents(
    _ samples: Range<Int>, continuousSlope: Float, discreteSlope: Float, terms: LatentGradient?
  ) {
    let row = network.latentRow
    let blocks = SampleBlocks(samples)
    forward.run(.denseBackward, blocks.count) { item, _ in
      for sample in blocks[item].clamped(to: samples) {
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
      inputGradient(dense: network.heads, samples: blocks[item])
    }
  }

  /// The gradients of the encoder's convolutions, of each lane.
  ///
  /// - Parameter betweenPieces: called by this thread after each piece of about a millisecond.
  func backThroughEncoder(_ count: Int, betweenPieces: () -> Void = {}) {
    let ranges = Array(ownRanges(count))
    forward.run(.encoderBackward, ranges.count) { lane, worker in
      var accumulates = false
      forward.forEachSlice(of: ranges[lane]) { slice in
        backThroughEncoder(slice, lane: lane, accumulates: accumulates, worker: worker)
        accumulates = true
        if worker == 0 { betweenPieces() }
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
