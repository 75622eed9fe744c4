import JointVAEKernels

/// FactorVAE's discriminator: which of two batches of codes come from the encoder as they are, and which had their variables
/// exchanged between images (Kim and Mnih 2018, section 3 and appendix A).
///
/// Six hidden layers with leaky ReLUs lead from a code, z and every c, to two logits: as it is, and exchanged. Rows of a
/// buffer are codes. The codes of the batch that the model learns from come first, those with exchanged variables behind them.
/// Every number is computed by one thread in one order, so the number of threads changes no bit of the result.
// The lock of the trainer guards its memory.
final class Discriminator: @unchecked Sendable {
  /// Hidden layers, as published.
  static let depth = 6
  /// What leaky ReLUs multiply negative numbers by.
  static let leak: Float = 0.2
  /// Adam's constants (Kim and Mnih 2018, appendix A).
  static let optimizer = Optimizer.adam(learningRate: 1e-4, beta1: 0.5, beta2: 0.9)

  let latents: LatentSpec
  /// The layers from code to logits; widths are multiples of 32, and what is added to them stays 0.
  let layers: [DenseLayer]
  /// Where the weights and the biases of every layer stand.
  let blocks: [(weights: Int, bias: Int)]
  /// Numbers of every layer's vectors without what is added, from the code's to the logits'.
  let sizes: [Int]
  /// All parameters, and Adam's moments of them.
  let (weights, first, second): (FloatBuffer, FloatBuffer, FloatBuffer)
  /// The weights of every layer once more, for the backward pass.
  let transposed: [FloatBuffer]
  /// What goes into each layer, and the logits; and the gradients by the same.
  let (values, gradients): ([FloatBuffer], [FloatBuffer])
  /// Where the biases' gradients of all layers stand while they are needed.
  let biasGradients: [FloatBuffer]
  /// Rows of each of both halves.
  let room: Int
  let workers: Workers
  let instructions: InstructionSet
  let seed: UInt64

  /// Begins with weights and biases drawn within one over the root of a layer's inputs.
  ///
  /// - Parameters:
  ///   - latents: what codes consist of.
  ///   - units: of each hidden layer.
  ///   - samples: codes of a batch at most.
  ///   - seed: for the first weights and the exchanges.
  ///   - workers: the threads.
  ///   - instructions: the vector instructions.
  init(
    _ latents: LatentSpec, units: Int, samples: Int, seed: UInt64, workers: Workers,
    instructions: InstructionSet
  ) {
    self.latents = latents
    self.workers = workers
    self.instructions = instructions
    self.seed = seed
    let sizes = [latents.dimension] + Array(repeating: units, count: Self.depth) + [2]
    self.sizes = sizes
    let layouts = sizes.map { VectorLayout(flat: ($0 + 31) / 32 * 32) }
    layers = zip(layouts, layouts.dropFirst()).map { DenseLayer(input: $0, output: $1) }
    var count = 0
    blocks = layers.map { layer in
      let block = (weights: count, bias: count + layer.weightCount)
      count = block.bias + layer.output.count
      return block
    }
    weights = FloatBuffer(count: count)
    first = FloatBuffer(count: count)
    second = FloatBuffer(count: count)
    transposed = layers.map { FloatBuffer(count: $0.weightCount) }
    let room = Self.roundedUp(samples)
    self.room = room
    values = layouts.map { FloatBuffer(count: 2 * room * $0.count) }
    gradients = layouts.map { FloatBuffer(count: 2 * room * $0.count) }
    biasGradients = layers.map { FloatBuffer(count: $0.output.count) }
    initialize()
  }

  /// The rows that `count` codes take: kernels work on 8 at a time.
  static func roundedUp(_ count: Int) -> Int { (count + 7) / 8 * 8 }

  private func initialize() {
    let random = Philox(seed: seed)
    forEachParameter { index, number, place in
      let words = random.words(
        SIMD4(UInt32(number / 4), UInt32(index), 0, RandomPurpose.discriminator.rawValue))
      let bound = 1 / Float(sizes[index / 2]).squareRoot()
      weights.start[place] = (2 * Philox.uniform(words[number % 4]) - 1) * bound
    }
    transposeAll()
  }

  /// Calls `body` for each weight, `[output, input]`, and each bias.
  ///
  /// - Parameter body: gets the number of the tensor, twice that of the layer and one more for biases; the place in the tensor;
  ///   and the place in `weights`.
  func forEachParameter(_ body: (_ tensor: Int, _ number: Int, _ place: Int) -> Void) {
    for (index, layer) in layers.enumerated() {
      for output in 0..<sizes[index + 1] {
        for input in 0..<sizes[index] {
          body(
            2 * index, output * sizes[index] + input,
            blocks[index].weights + layer.weightIndex(output: output, input: input))
        }
      }
      for output in 0..<sizes[index + 1] {
        body(2 * index + 1, output, blocks[index].bias + output)
      }
    }
  }

  /// Makes the weights of the backward pass from those of the forward pass.
  func transposeAll() {
    for (index, layer) in layers.enumerated() {
      for panel in 0..<layer.outputPanels {
        for inputPanel in 0..<layer.inputPanels {
          layer.transpose(
            weights.start + blocks[index].weights, panel: panel, inputPanel: inputPanel,
            to: transposed[index].start, on: instructions)
        }
      }
    }
  }
}
