import JointVAEKernels

/// The images of a batch, `[sample, y, x, channel]`.
enum BatchImages {
  /// 0 black to 255 white.
  case bytes(UnsafePointer<UInt8>)
  /// 0 black to 1 white.
  case floats(UnsafePointer<Float>)
}

extension Engine {
  /// Images to what the heads say of their latent variables.
  ///
  /// - Parameter parts: neighboring ranges of samples that are dealt to the threads.
  func encode(_ images: BatchImages, parts: [Range<Int>]) {
    guard let first = parts.first, let last = parts.last else { return }
    run(.encoderForward, parts.count) { part, worker in
      forEachSlice(of: parts[part]) { slice in
        loadImages(images, slice)
        convolve(slice, worker: worker)
      }
    }
    for index in network.denseBeforeHeads {
      forward(dense: index, of: first.lowerBound..<last.upperBound)
    }
  }

  /// Hidden units to heads, for samples that start at a multiple of 8.
  func computeHeads(_ samples: Range<Int>) { forward(dense: network.heads, samples: samples) }

  private func loadImages(_ images: BatchImages, _ slice: Range<Int>) {
    guard let plane = network.encoder.first?.input else { return }
    let row = plane.width * plane.channels
    for sample in slice {
      for y in 0..<plane.height {
        let target = activations.input.start + sample * plane.count + plane.offset(y: y, x: 0)
        let source = (sample * plane.height + y) * row
        switch images {
        case .bytes(let bytes):
          instructions.divideBy255(bytes + source, to: target, count: row)
        case .floats(let floats): target.update(from: floats + source, count: row)
        }
      }
    }
  }

  private func convolve(_ slice: Range<Int>, worker: Int) {
    for index in network.encoder.indices { convolve(slice, layer: index, worker: worker) }
  }

  /// The output of convolution `index` of the encoder for a slice.
  func convolve(_ slice: Range<Int>, layer index: Int, worker: Int) {
    let block = weights.layout.encoder[index]
    weights.encoder[index].forward(
      encoderInput(index, slice: slice, worker: worker), samples: slice.count,
      weights: weights.master.start + block.weights, bias: weights.master.start + block.bias,
      to: encoderOutput(index, slice: slice, worker: worker), epilogue: network.activation,
      scratch: scratch[worker].start, on: instructions)
  }

  /// The planes that convolution `index` of the encoder reads for a slice.
  func encoderInput(_ index: Int, slice: Range<Int>, worker: Int) -> UnsafeMutablePointer<Float> {
    guard index == 0 else { return encoderOutput(index - 1, slice: slice, worker: worker) }
    return activations.input.start + slice.lowerBound * imagePlane.count
  }

  /// The planes that convolution `index` of the encoder writes for a slice.
  func encoderOutput(_ index: Int, slice: Range<Int>, worker: Int) -> UnsafeMutablePointer<Float> {
    guard activations.encoder[index].count > 0 else { return firstPlanes[worker].start }
    return activations.encoder[index].start
      + slice.lowerBound * network.encoder[index].output.count
  }
}
