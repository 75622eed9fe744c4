import JointVAEKernels

extension Discriminator {
  /// Codes to logits, for rows that start at a multiple of 8.
  func forward(_ rows: Range<Int>) {
    for (index, layer) in layers.enumerated() {
      let job = DenseJob(panels: layer.outputPanels, samples: rows)
      let isLast = index == layers.count - 1
      workers.run(job.count) { item, _ in
        let (panels, samples) = job[item]
        layer.forward(
          values[index].start, weights: weights.start + blocks[index].weights,
          bias: weights.start + blocks[index].bias, to: values[index + 1].start, panels: panels,
          samples: samples, epilogue: isLast ? .none : .leaky(slope: Self.leak), on: instructions)
      }
    }
  }

  /// The gradients by the logits to those by the inputs of layers, for rows that start at a multiple of 8.
  ///
  /// - Parameter includesCodes: whether the gradient by the codes is wanted, too.
  func backward(_ rows: Range<Int>, includesCodes: Bool) {
    for (index, layer) in layers.enumerated().reversed() where index > 0 || includesCodes {
      // Codes pass no ReLU.
      let job = DenseJob(panels: layer.inputPanels, samples: rows)
      workers.run(job.count) { item, _ in
        let (panels, samples) = job[item]
        layer.inputGradient(
          gradients[index + 1].start, transposed: transposed[index].start,
          to: gradients[index].start, panels: panels, samples: samples,
          epilogue: index > 0 ? .masked(by: values[index].start, slope: Self.leak) : .none,
          on: instructions)
      }
    }
  }

  /// One step of Adam on the gradients by the outputs of layers, of the first `count` rows.
  func update(rows count: Int, step: Int) {
    let optimizer = OptimizerStep(Self.optimizer, step: step)
    let panels = layers.enumerated().flatMap { index, layer in
      (0..<layer.outputPanels).map { (layer: index, panel: $0) }
    }
    workers.run(panels.count) { item, _ in
      let (index, panel) = panels[item]
      let (layer, block) = (layers[index], blocks[index])
      func apply(_ start: Int, _ gradient: UnsafePointer<Float>, _ length: Int) {
        instructions.apply(
          optimizer, weights.start + start, first: first.start + start,
          second: second.start + start, gradient: gradient, count: length)
      }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 32 * 32) { memory in
        guard let scratch = memory.baseAddress else { return }
        for inputPanel in 0..<layer.inputPanels {
          layer.weightGradient(
            values[index].start, gradients[index + 1].start, samples: count, to: scratch,
            panel: panel, inputPanel: inputPanel, on: instructions)
          apply(
            block.weights + layer.weightIndex(output: panel * 32, input: inputPanel * 32), scratch,
            32 * 32)
          layer.transpose(
            weights.start + block.weights, panel: panel, inputPanel: inputPanel,
            to: transposed[index].start, on: instructions)
        }
      }
      layer.biasGradient(
        gradients[index + 1].start, samples: count, to: biasGradients[index].start, panel: panel,
        on: instructions)
      apply(block.bias + panel * 32, biasGradients[index].start + panel * 32, 32)
    }
  }
}
