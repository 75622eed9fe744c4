import JointVAEKernels

extension TrainingEngine {
  /// The first tensor, in the order of computation, that holds a number that is not finite.
  ///
  /// - Returns: nil when neither weights nor latents hold one. The reconstruction is not looked at: the decoder's planes have
  ///   made room for their gradients, which are not finite where they were not.
  func firstTensorNotFinite(count: Int) -> String? {
    if let name = firstParameterNotFinite(in: weights.master) { return name }
    let layers = network.description.layers
    for index in network.encoder.indices where !isEncoderFinite(layer: index, count: count) {
      return "the output of \(layers[index].name)"
    }
    for (index, layer) in network.dense.enumerated() {
      let values = forward.activations.dense[index]
      if index == network.fromLatents,
        !isFinite(values.input.values[..<(count * layer.input.sample)])
      {
        return "the latent sample"
      }
      // What the last layer gave has made room for its gradient.
      guard index < network.dense.count - 1,
        !isFinite(values.output.values[..<(count * layer.output.sample)])
      else { continue }
      return index == network.heads
        ? "the latents' mean, log variance or logits"
        : "the output of \(layers[network.encoder.count + index].name)"
    }
    return nil
  }

  /// The name of the first parameter with a number that is not finite in a buffer laid out as the weights.
  func firstParameterNotFinite(in buffer: FloatBuffer) -> String? {
    weights.layout.parameters.first { parameter in
      var isFinite = true
      parameter.forEachPlace { isFinite = isFinite && buffer.start[$0].isFinite }
      return !isFinite
    }?.name
  }

  private func isEncoderFinite(layer index: Int, count: Int) -> Bool {
    var allFinite = true
    forward.forEachSlice(of: 0..<count) { slice in
      if index == 0 { forward.convolve(slice, layer: 0, worker: 0) }
      let values = UnsafeMutableBufferPointer(
        start: forward.encoderOutput(index, slice: slice, worker: 0),
        count: slice.count * network.encoder[index].output.count)
      allFinite = allFinite && isFinite(values[...])
    }
    return allFinite
  }

  private func isFinite(_ values: Slice<UnsafeMutableBufferPointer<Float>>) -> Bool {
    values.allSatisfy(\.isFinite)
  }
}
