import JointVAEKernels

/// The parameters of a network in one flat buffer, and the copies of them that some passes read in another order.
package final class Weights: Sendable {
  package let network: NetworkLayout
  package let layout: ParameterLayout
  /// All parameters, laid out by `layout`.
  package let master: FloatBuffer

  /// How the convolutions are computed.
  let method: ConvolutionMethod
  /// The convolutions, with their copies of the weights.
  let encoder: [PackedPlaneLayer]
  let decoder: [PackedPlaneLayer]
  /// For each dense layer, what its input gradient reads.
  let transposed: [FloatBuffer]

  /// All parameters, in parts for threads that change them.
  let parts: [WeightPart]

  /// Zeros. Without `forTraining` there is room only for what inference reads.
  package init(
    _ network: NetworkLayout, forTraining: Bool, method: ConvolutionMethod = .automatic
  ) {
    self.network = network
    self.method = method
    layout = ParameterLayout(network)
    master = FloatBuffer(count: layout.count)
    decoder = network.decoder.map {
      PackedPlaneLayer($0, method: method, forTraining: forTraining, givesInputGradient: true)
    }
    // The gradient of the image is not needed.
    encoder = network.encoder.enumerated().map { index, layer in
      PackedPlaneLayer(
        layer, method: method, forTraining: forTraining, givesInputGradient: index > 0)
    }
    transposed = network.dense.map { FloatBuffer(count: forTraining ? $0.weightCount : 0) }
    parts = WeightPart.parts(of: network, layout, encoder: encoder, decoder: decoder)
  }

  /// Brings all copies up to date with `master`.
  package func pack(on instructions: InstructionSet, _ workers: Workers) {
    workers.run(parts.count) { item, _ in
      switch parts[item] {
      case .plain: break
      case .convolution(let layer, let weights, let block, _):
        layer.pack(master.start + weights, block: block, on: instructions)
      case .dense(let index, let panel):
        guard transposed[index].count > 0 else { return }
        let layer = network.dense[index]
        for inputPanel in 0..<layer.inputPanels {
          layer.transpose(
            master.start + layout.dense[index].weights, panel: panel, inputPanel: inputPanel,
            to: transposed[index].start, on: instructions)
        }
      }
    }
  }

  /// Uniform numbers of +-1/sqrt(fan_in) for weights and biases, from the seed.
  package func initialize(seed: UInt64) {
    let random = Philox(seed: seed)
    for (index, parameter) in layout.parameters.enumerated() {
      var number = 0
      parameter.forEachPlace { place in
        let words = random.words(
          SIMD4(UInt32(number / 4), UInt32(index), 0, RandomPurpose.weights.rawValue))
        let uniform = Philox.uniform(words[number % 4])
        master.start[place] = (2 * uniform - 1) * parameter.initialBound
        number += 1
      }
    }
  }

  /// Sets the biases of the output layer, one for each channel of the images.
  func setOutputBiases(_ logits: [Float]) {
    guard let bias = layout.decoder.last?.bias else { return }
    for (channel, logit) in logits.enumerated() { master.start[bias + channel] = logit }
  }

  /// All parameters under the reference's names and in its order.
  package func tensors(of buffer: FloatBuffer? = nil) -> [NamedTensor] {
    let source = (buffer ?? master).start
    return layout.parameters.map { parameter in
      var values: [Float] = []
      values.reserveCapacity(parameter.count)
      parameter.forEachPlace { values.append(source[$0]) }
      return NamedTensor(name: parameter.name, shape: parameter.shape, floats: values)
    }
  }

  /// Takes over parameters named, shaped and typed as `tensors(of:)` writes them.
  /// - Precondition: `tensors` has been checked against `layout.parameters`.
  package func load(_ tensors: [String: NamedTensor], into buffer: FloatBuffer? = nil) {
    let target = (buffer ?? master).start
    for parameter in layout.parameters {
      guard case .float32(let values)? = tensors[parameter.name]?.elements else {
        preconditionFailure("unchecked tensor \(parameter.name)")
      }
      var number = 0
      parameter.forEachPlace { place in
        target[place] = values[number]
        number += 1
      }
    }
  }
}
