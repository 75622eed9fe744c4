import JointVAEKernels

extension Engine {
  /// Heads to latent vectors to the decoder's first hidden units; the KL terms of every sample on the way.
  func drawLatents(of samples: Range<Int>, noise: LatentNoise) {
    let variables = network.latents.continuous + network.latents.discrete.count
    let divergences = activations.divergences
    let blocks = SampleBlocks(samples)
    run(.denseForward, blocks.count) { item, _ in
      let block = blocks[item]
      computeHeads(block)
      for sample in block.clamped(to: samples) {
        let latent = latentSample(sample)
        latent.draw(noise: noise, sample: sample)
        if variables > 0, let start = divergences.baseAddress {
          latent.divergences(to: start + sample * variables)
        }
      }
      decodeLatents(block)
    }
  }

  /// Latent vectors to hidden units, for samples that start at a multiple of 8.
  func decodeLatents(_ samples: Range<Int>) {
    forward(dense: network.fromLatents, samples: samples)
  }

  /// Given latent vectors to the decoder's first planes.
  ///
  /// - Parameters:
  ///   - vectors: `[vector, dimension]`.
  ///   - batch: the vectors to take, no more than the engine has room for.
  func computeFeatures(of vectors: [Float], at batch: Range<Int>) {
    let dimension = network.latents.dimension
    let row = network.latentRow
    vectors.withUnsafeBufferPointer { vectors in
      guard let start = vectors.baseAddress else { return }
      for (sample, vector) in batch.enumerated() {
        (activations.latents.start + sample * row)
          .update(from: start + vector * dimension, count: dimension)
      }
    }
    run(.denseForward, (batch.count + 7) / 8) { item, _ in
      decodeLatents(item * 8..<min(item * 8 + 8, batch.count))
    }
    computeFeatures(of: 0..<batch.count)
  }

  /// Hidden units to the decoder's first planes.
  func computeFeatures(of samples: Range<Int>) {
    for index in network.denseToFeatures { forward(dense: index, of: samples) }
  }
}
