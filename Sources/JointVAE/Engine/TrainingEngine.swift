import JointVAEKernels

/// An engine with what training adds: gradients, and the accumulators that lanes of the batch own.
///
/// A batch is dealt to a fixed number of lanes, each with its own gradient of the convolutions; they are added up in a
/// binary tree, 0 + 1 and 2 + 3, then those two, and so on. Threads run lanes, so their number cannot change a bit of the
/// result. Nor can the number of processes that share a batch: each has lanes that are a branch of the tree.
final class TrainingEngine {
  let forward: Engine
  let lanes: Int
  /// The lanes of this process.
  let ownLanes: Range<Int>
  /// Whether `gradient` holds the dense layers' part after a step, too; to write it takes time.
  var keepsGradients = false
  /// Whether `gradient` holds the sums over all processes already.
  var isReduced = false
  /// The gradient by every parameter, laid out as `Weights.master`. The first lane accumulates here.
  let gradient: FloatBuffer
  /// What the other lanes accumulate: the convolutions' part.
  let laneGradients: [FloatBuffer]

  /// Gradients by the inputs and outputs of every dense layer; by the features they take the features' place.
  let denseGradients: [DenseValues]
  /// Whether the gradients of dense layers are sums over lanes, as those of convolutions are. In a small batch they are sums
  /// over its samples in their order.
  let splitsDenseGradients: Bool
  let latentGradient: FloatBuffer
  let headsGradient: FloatBuffer
  /// By the encoder's last planes.
  let featureGradient: FloatBuffer

  var network: NetworkLayout { forward.network }
  var weights: Weights { forward.weights }
  var instructions: InstructionSet { forward.instructions }
  var workers: Workers { forward.workers }

  /// - Parameter ownLanes: those of this process; nil for all.
  init(
    weights: Weights, samples: Int, temperature: Float, lanes: Int, ownLanes: Range<Int>? = nil,
    workers: Workers, instructions: InstructionSet
  ) {
    forward = Engine(
      weights: weights, samples: samples, temperature: temperature, workers: workers,
      instructions: instructions)
    self.lanes = lanes
    let ownLanes = ownLanes ?? 0..<lanes
    self.ownLanes = ownLanes
    let layout = weights.layout
    gradient = FloatBuffer(count: layout.count)
    laneGradients = ownLanes.dropFirst().map { _ in FloatBuffer(count: layout.convolutionCount) }
    let network = weights.network
    splitsDenseGradients = Self.splitsDenseGradients(of: network, samples: samples)
    denseGradients = DenseValues.table(
      of: network, capacity: forward.activations.capacity, last: forward.activations.features)
    latentGradient = denseGradients[network.fromLatents].input
    headsGradient = denseGradients[network.heads].output
    featureGradient = denseGradients[0].input
  }

  /// Where a lane of this process accumulates, counted from its first one.
  func laneGradient(_ lane: Int) -> UnsafeMutablePointer<Float> {
    lane == 0 ? gradient.start : laneGradients[lane - 1].start
  }

  /// The samples of each lane; a small batch leaves the last lanes out.
  ///
  /// Two samples fill a tile of the narrowest planes, and every lane reads all weights: a lane has
  /// one sample only where there would be no second lane otherwise.
  func laneRanges(_ count: Int) -> [Range<Int>] {
    Engine.split(count, into: Self.activeLanes(lanes, samples: count))
  }

  /// How many lanes a batch reaches.
  static func activeLanes(_ lanes: Int, samples count: Int) -> Int {
    min(lanes, count, max(2, count / 2))
  }

  /// The samples of each lane of this process; none for a batch that is too small to reach its lanes.
  func ownRanges(_ count: Int) -> ArraySlice<Range<Int>> {
    let ranges = laneRanges(count)
    return ranges[ownLanes.clamped(to: ranges.indices)]
  }

  /// The samples of the lanes of this process.
  func ownSamples(_ count: Int) -> Range<Int> {
    Self.samples(of: ownLanes, in: laneRanges(count))
  }

  /// The samples of some lanes.
  static func samples(of lanes: Range<Int>, in ranges: [Range<Int>]) -> Range<Int> {
    let ranges = ranges[lanes.clamped(to: ranges.indices)]
    guard let first = ranges.first, let last = ranges.last else { return 0..<0 }
    return first.lowerBound..<last.upperBound
  }

  /// Whether the inputs of dense layers and the gradients by their outputs have more numbers, in a whole batch, than the
  /// gradients that are made of them: then processes that share a batch exchange gradients.
  private static func splitsDenseGradients(of network: NetworkLayout, samples: Int) -> Bool {
    let numbers = network.dense.reduce(0) { $0 + $1.input.count + $1.output.count }
    return samples * numbers > network.dense.reduce(0) { $0 + $1.weightCount }
  }
}
