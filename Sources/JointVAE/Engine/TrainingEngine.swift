import JointVAEKernels

/// An engine with what training adds: gradients, and the accumulators that lanes of the batch own.
///
/// A batch is dealt to a fixed number of lanes, each with its own gradient of the convolutions; they are added up in
/// lane order. Threads run lanes, so their number cannot change a bit of the result.
final class TrainingEngine {
  let forward: Engine
  let lanes: Int
  /// Whether `gradient` holds the dense layers' part after a step, too; to write it takes time.
  var keepsGradients = false
  /// The gradient by every parameter, laid out as `Weights.master`. Lane 0 accumulates here.
  let gradient: FloatBuffer
  /// What lanes 1 and up accumulate: the convolutions' part.
  let laneGradients: [FloatBuffer]

  /// Gradients by the inputs and outputs of every dense layer; by the features they take the features' place.
  let denseGradients: [DenseValues]
  let latentGradient: FloatBuffer
  let headsGradient: FloatBuffer
  /// By the encoder's last planes.
  let featureGradient: FloatBuffer

  var network: NetworkLayout { forward.network }
  var weights: Weights { forward.weights }
  var instructions: InstructionSet { forward.instructions }
  var workers: Workers { forward.workers }

  init(
    weights: Weights, samples: Int, temperature: Float, lanes: Int, workers: Workers,
    instructions: InstructionSet
  ) {
    forward = Engine(
      weights: weights, samples: samples, temperature: temperature, workers: workers,
      instructions: instructions)
    self.lanes = lanes
    let layout = weights.layout
    gradient = FloatBuffer(count: layout.count)
    laneGradients = (1..<max(lanes, 1)).map { _ in FloatBuffer(count: layout.convolutionCount) }
    let network = weights.network
    denseGradients = DenseValues.table(
      of: network, capacity: forward.activations.capacity, last: forward.activations.features)
    latentGradient = denseGradients[network.fromLatents].input
    headsGradient = denseGradients[network.heads].output
    featureGradient = denseGradients[0].input
  }

  /// Where lane `lane` accumulates.
  func laneGradient(_ lane: Int) -> UnsafeMutablePointer<Float> {
    lane == 0 ? gradient.start : laneGradients[lane - 1].start
  }

  /// The samples of each lane; a small batch leaves the last lanes out.
  ///
  /// Two samples fill a tile of the narrowest planes, and every lane reads all weights: a lane has
  /// one sample only where there would be no second lane otherwise.
  func laneRanges(_ count: Int) -> [Range<Int>] {
    Engine.split(count, into: min(lanes, count, max(2, count / 2)))
  }
}
