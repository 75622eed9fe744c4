import JointVAEKernels

extension Engine {
  /// Features of a slice to the logits of its images, in the last of the worker's planes.
  func deconvolve(_ slice: Range<Int>, worker: Int) {
    let planes = decoderPlanes[worker]
    for (index, layer) in weights.decoder.enumerated() {
      let block = weights.layout.decoder[index]
      let isLast = index == network.decoder.count - 1
      layer.forward(
        decoderInput(index, sample: slice.lowerBound, slice: slice, worker: worker),
        samples: slice.count, weights: weights.master.start + block.weights,
        bias: weights.master.start + block.bias, to: planes[index].start,
        epilogue: isLast ? .none : network.activation, scratch: scratch[worker].start,
        on: instructions)
    }
  }

  /// The plane that layer `index` reads for `sample`.
  func decoderInput(_ index: Int, sample: Int, slice: Range<Int>, worker: Int)
    -> UnsafeMutablePointer<Float>
  {
    let count = network.decoder[index].input.count
    if index == 0 { return activations.features.start + sample * count }
    return decoderPlanes[worker][index - 1].start + (sample - slice.lowerBound) * count
  }

  /// The logits of `sample`, as a plane.
  func logits(sample: Int, slice: Range<Int>, worker: Int) -> UnsafeMutablePointer<Float> {
    let last = network.decoder.count - 1
    return decoderPlanes[worker][last].start
      + (sample - slice.lowerBound) * network.decoder[last].output.count
  }

  /// Features to images between 0 and 1, `[sample, y, x, channel]`.
  func render(count: Int, to images: UnsafeMutablePointer<Float>) {
    let parts = slices(count)
    let plane = imagePlane
    let row = plane.width * plane.channels
    workers.run(parts.count) { part, worker in
      forEachSlice(of: parts[part]) { slice in
        deconvolve(slice, worker: worker)
        for sample in slice {
          let logits = logits(sample: sample, slice: slice, worker: worker)
          for y in 0..<plane.height {
            let target = images + (sample * plane.height + y) * row
            target.update(from: logits + plane.offset(y: y, x: 0), count: row)
            instructions.sigmoid(target, count: row)
          }
        }
      }
    }
  }

  /// Features to losses: the reconstruction loss of every sample, a sum over its values.
  func measure(
    _ loss: AppliedLoss, against targets: UnsafePointer<UInt8>, count: Int
  ) {
    let parts = slices(count)
    workers.run(parts.count) { part, worker in
      forEachSlice(of: parts[part]) { slice in
        deconvolve(slice, worker: worker)
        computeLosses(slice, loss, against: targets, scale: 0, worker: worker)
      }
    }
  }

  /// Logits to losses, and to their derivatives times `scale` in the same place.
  ///
  /// - Parameter learnsShape: whether to sum up the derivatives by alpha and c, too; only of `robustLikelihood`.
  func computeLosses(
    _ slice: Range<Int>, _ loss: AppliedLoss, against targets: UnsafePointer<UInt8>,
    scale: Float, learnsShape: Bool = false, worker: Int
  ) {
    let plane = imagePlane
    let row = plane.width * plane.channels
    for sample in slice {
      let logits = logits(sample: sample, slice: slice, worker: worker)
      var sum = 0.0
      var shape = ShapeGradient()
      for y in 0..<plane.height {
        let values = logits + plane.offset(y: y, x: 0)
        let target = targets + (sample * plane.height + y) * row
        if learnsShape, case .listed(.robustLikelihood(let density)) = loss {
          let values = LogitRow(
            logits: values, targets: target, count: row, scale: scale, instructions: instructions)
          sum += density.apply(to: values, addingTo: &shape)
        } else {
          sum += loss.apply(
            to: values, targets: target, count: row, scale: scale, on: instructions)
        }
      }
      activations.reconstruction[sample] = sum
      activations.shapeGradients[sample] = shape
    }
  }

  /// The images' plane: what the decoder draws.
  var imagePlane: Plane { network.imagePlane }
}
