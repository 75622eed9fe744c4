import JointVAEKernels

extension TrainingEngine {
  /// Images to latent samples, with every sample's KL terms: those of the lanes of this process.
  func encode(_ pixels: UnsafePointer<UInt8>, count: Int, noise: LatentNoise) {
    forward.encode(.bytes(pixels), parts: Array(ownRanges(count)))
    forward.drawLatents(of: ownSamples(count), noise: noise)
  }

  /// Latent samples to the decoder's first planes.
  ///
  /// - Parameter swappedPairs: pairs of twins that are decoded with each other's categories; 0 for
  ///   none.
  func computeFeatures(count: Int, swappedPairs: Int) {
    let samples = ownSamples(count)
    if swappedPairs > 0 { swapCategories(pairs: swappedPairs, decoding: samples) }
    forward.computeFeatures(of: samples)
  }

  /// The decoder's convolutions, the reconstruction loss, and back to the decoder's first planes.
  ///
  /// Afterwards `activations.features` holds the gradient by the features before their ReLU.
  /// - Parameters:
  ///   - scale: derivative of the loss by the reconstruction loss of one value.
  ///   - learnsShape: whether alpha and c of `robustLikelihood` are learned, too.
  func decodeAndBack(
    _ loss: AppliedLoss, against targets: UnsafePointer<UInt8>, count: Int, scale: Float,
    learnsShape: Bool
  ) {
    let ranges = Array(ownRanges(count))
    forward.run(.decoderBackward, ranges.count) { lane, worker in
      var accumulates = false
      forward.forEachSlice(of: ranges[lane]) { slice in
        forward.deconvolve(slice, worker: worker)
        forward.clock?.finish(.decoderForward, worker: worker)
        forward.computeLosses(
          slice, loss, against: targets, scale: scale, learnsShape: learnsShape, worker: worker)
        forward.clock?.finish(.loss, worker: worker)
        backThroughDecoder(slice, lane: lane, accumulates: accumulates, worker: worker)
        forward.clock?.finish(.decoderBackward, worker: worker)
        accumulates = true
      }
    }
  }

  private func backThroughDecoder(
    _ slice: Range<Int>, lane: Int, accumulates: Bool, worker: Int
  ) {
    let gradient = laneGradient(lane)
    for index in network.decoder.indices.reversed() {
      let packed = weights.decoder[index]
      let plane = network.decoder[index].output
      let block = weights.layout.decoder[index]
      let output = forward.decoderPlanes[worker][index].start
      let input = forward.decoderInput(
        index, sample: slice.lowerBound, slice: slice, worker: worker)
      let sums = gradient + block.bias
      if !accumulates {
        sums.update(repeating: 0, count: NetworkLayout.padded(plane.channels))
      }
      for sample in 0..<slice.count {
        plane.addChannelSums(of: output + sample * plane.count, to: sums, on: instructions)
      }
      // The gradient takes the place of the activation that masks it, which is no longer needed.
      packed.backward(
        input, outputGradient: output, samples: slice.count,
        weights: weights.master.start + block.weights, to: gradient + block.weights,
        accumulates: accumulates, slope: network.slope, scratch: forward.scratch[worker].start,
        on: instructions)
    }
  }
}
