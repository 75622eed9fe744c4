import JointVAEKernels

/// What goes into and comes out of a dense layer, for a batch; or the gradients by both.
///
/// A layer's output is the same buffer as the next one's input, except between heads and latent vector.
struct DenseValues {
  let input: FloatBuffer
  let output: FloatBuffer

  /// For each dense layer of a network.
  ///
  /// - Parameters:
  ///   - first: the input of the first layer, when it stands elsewhere already.
  ///   - last: the output of the last one, likewise.
  static func table(
    of network: NetworkLayout, capacity: Int, first: FloatBuffer? = nil, last: FloatBuffer? = nil
  ) -> [DenseValues] {
    func vectors(_ layout: VectorLayout) -> FloatBuffer {
      FloatBuffer(count: capacity * layout.sample)
    }
    var table: [DenseValues] = []
    for (index, layer) in network.dense.enumerated() {
      let before = index == network.fromLatents ? nil : table.last?.output ?? first
      let behind = index == network.dense.count - 1 ? last : nil
      table.append(
        DenseValues(
          input: before ?? vectors(layer.input), output: behind ?? vectors(layer.output)))
    }
    return table
  }
}

extension Engine {
  /// Dense layer `index` for some panels of outputs, of samples that start at a multiple of 8.
  func forward(dense index: Int, panels: Range<Int>, samples: Range<Int>) {
    let block = weights.layout.dense[index]
    let values = activations.dense[index]
    network.dense[index].forward(
      values.input.start, weights: weights.master.start + block.weights,
      halves: halves.isEmpty ? nil : halves[index]?.start,
      bias: weights.master.start + block.bias, to: values.output.start, panels: panels,
      samples: samples, epilogue: network.activates[index] ? network.activation : .none,
      on: instructions)
  }

  /// All outputs of dense layer `index`, of samples that start at a multiple of 8.
  func forward(dense index: Int, samples: Range<Int>) {
    forward(dense: index, panels: 0..<network.dense[index].outputPanels, samples: samples)
  }

  /// Dense layer `index` for some samples of the batch, on all threads.
  func forward(dense index: Int, of samples: Range<Int>) {
    guard !samples.isEmpty else { return }
    let job = DenseJob(panels: network.dense[index].outputPanels, samples: samples)
    run(.denseForward, job.count) { item, _ in
      let (panels, samples) = job[item]
      forward(dense: index, panels: panels, samples: samples)
    }
  }
}
