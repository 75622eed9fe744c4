import JointVAEKernels

/// Runs the network on batches: forward for inference, and both ways for training.
///
/// A pass is a few jobs for the workers with a barrier after each. Convolutions run on slices of the batch that fit the
/// second-level cache; dense layers run on the whole batch, split by panels of 32 outputs, so that their gradients need
/// no copy for each thread.
final class Engine {
  let weights: Weights
  /// For each dense layer its weights in 16 bits, which few samples read in place of the others; empty for none.
  let halves: [HalfWeights?]
  let workers: Workers
  let instructions: InstructionSet
  let activations: Activations
  /// For each worker, the planes of one slice on its way through the decoder: the output of every layer.
  let decoderPlanes: [[FloatBuffer]]
  /// For each worker, the output of the encoder's first convolution for one slice.
  ///
  /// It is the largest of all planes and the cheapest to compute: the backward pass does so again,
  /// in less time than fetching it from memory would take.
  let firstPlanes: [FloatBuffer]
  /// For each worker, what the convolutions work in.
  let scratch: [FloatBuffer]
  let temperature: Float
  /// Measures where the time goes; nil when that is not wanted.
  var clock: StepClock?

  var network: NetworkLayout { weights.network }

  init(
    weights: Weights, samples: Int, temperature: Float, workers: Workers,
    instructions: InstructionSet, halves: [HalfWeights?] = []
  ) {
    self.weights = weights
    self.halves = halves
    self.workers = workers
    self.instructions = instructions
    self.temperature = temperature
    let network = weights.network
    activations = Activations(network, samples: samples)
    let slice = Self.sliceSize(network)
    decoderPlanes = (0..<workers.count).map { _ in
      network.decoder.map { FloatBuffer(count: slice * $0.output.count) }
    }
    firstPlanes = (0..<workers.count).map { _ in
      FloatBuffer(count: slice * (network.encoder.first?.output.count ?? 0))
    }
    let scratchCount = (weights.encoder + weights.decoder).map(\.scratchCount).max() ?? 0
    scratch = (0..<workers.count).map { _ in FloatBuffer(count: scratchCount) }
  }

  /// Samples that pass the convolutions together.
  static func sliceSize(_ network: NetworkLayout) -> Int {
    // 8 of 32x32, and half as many of twice the side.
    let side = Double(network.imageShape.pixelCount).squareRoot().rounded(.up)
    // Layers whose weights are large read them once for all samples of a slice.
    return max(1, 256 / Int(side), min(network.samplesTogether, largestSlice))
  }

  /// A lane of a batch of 64 has no more samples, with the usual 8 lanes.
  private static let largestSlice = 8

  /// `range` cut into slices.
  func forEachSlice(of range: Range<Int>, _ body: (Range<Int>) -> Void) {
    let size = Self.sliceSize(network)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
      body(start..<min(start + size, range.upperBound))
    }
  }

  /// `count` samples cut into `parts` neighboring ranges of nearly the same length.
  static func split(_ count: Int, into parts: Int) -> [Range<Int>] {
    (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  /// The latent variables of sample `index`.
  func latentSample(_ index: Int) -> LatentSample {
    let spec = network.latents
    return LatentSample(
      spec: spec, temperature: temperature,
      heads: activations.heads.start + index * network.headsRow,
      alpha: activations.alpha.start + index * spec.categoryCount,
      normals: activations.normals.start + index * spec.continuous,
      latent: activations.latents.start + index * network.latentRow)
  }
}

extension Engine {
  /// Calls `body` for each item on all threads, and measures it when there is a clock.
  func run(_ phase: StepPhase, _ items: Int, _ body: (_ item: Int, _ worker: Int) -> Void) {
    guard let clock else { return workers.run(items, body) }
    workers.run(items) { item, worker in
      clock.begin(worker: worker)
      body(item, worker)
      clock.finish(phase, worker: worker)
    }
  }
}
