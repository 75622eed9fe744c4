import JointVAEFiles
import JointVAEKernels

/// What the processes of a team exchange in one step: each sends what it knows of the images of its own lanes.
struct StepExchange {
  let team: any TrainingTeam
  let engine: TrainingEngine
  /// Images of the batch, twins included.
  let count: Int

  /// Steps from one comparison of the weights to the next.
  static let digestInterval = 100

  /// Numbers of every image of the batch, one image after the other: a few runs of neighbors each. All lengths are bytes.
  private struct Rows {
    private let start: UnsafeMutableRawPointer
    /// From one image to the next.
    private let stride: Int
    private let runs: Int
    private let runLength: Int
    /// From one run to the next.
    private let runStride: Int

    /// The first `count` of `row` numbers of each image.
    init(_ buffer: FloatBuffer, _ row: Int, first count: Int) {
      start = UnsafeMutableRawPointer(buffer.start)
      stride = row * MemoryLayout<Float>.stride
      (runs, runLength, runStride) = (1, count * MemoryLayout<Float>.stride, stride)
    }

    init?<Value>(_ values: UnsafeMutableBufferPointer<Value>, _ row: Int = 1) {
      guard let address = values.baseAddress, row > 0 else { return nil }
      start = UnsafeMutableRawPointer(address)
      stride = row * MemoryLayout<Value>.stride
      (runs, runLength, runStride) = (1, stride, stride)
    }

    /// A vector of each image, without the borders of its planes.
    init(_ buffer: FloatBuffer, _ layout: VectorLayout) {
      let size = MemoryLayout<Float>.stride
      start = UnsafeMutableRawPointer(buffer.start + layout.origin)
      stride = layout.sample * size
      (runs, runLength, runStride) = (layout.rows, layout.run * size, layout.row * size)
    }

    /// Bytes of an image.
    var length: Int { runs * runLength }

    /// Calls `body` with each run of some images.
    func forEachRun(of samples: Range<Int>, _ body: (UnsafeMutableRawBufferPointer) -> Void) {
      for sample in samples {
        for run in 0..<runs {
          body(
            UnsafeMutableRawBufferPointer(
              start: start + sample * stride + run * runStride, count: runLength))
        }
      }
    }
  }

  /// Completes the latents of the batch: means, variances, probabilities, samples, and their KL.
  func gatherLatents() throws { try gather(posteriorRows + [sampleRows]) }

  /// Completes the losses of the batch.
  ///
  /// - Parameters:
  ///   - includesLatents: whether the latents are still to be completed, as far as a step without terms needs them.
  ///   - learnsShape: whether the loss has a shape that is learned.
  ///   - step: every hundredth step compares the weights of all processes.
  /// - Throws: `TrainingError.weightsDiffer`.
  func gatherLosses(includesLatents: Bool, learnsShape: Bool, step: Int) throws {
    let activations = engine.forward.activations
    var rows = [Rows(activations.reconstruction)].compactMap { $0 }
    if learnsShape, let shapes = Rows(activations.shapeGradients) { rows.append(shapes) }
    if includesLatents {
      rows += posteriorRows
      // The gradient of the layer behind them is a sum over the batch.
      if !engine.splitsDenseGradients { rows.append(sampleRows) }
    }
    let digest = step % Self.digestInterval == 1 ? digestOfWeights : []
    let digests = try gather(rows, after: digest)
    if let rank = digests.firstIndex(where: { $0 != digests[0] }) {
      throw TrainingError.weightsDiffer(rank: rank, step: step)
    }
  }

  /// Completes the gradients by the latents, which twins give to each other.
  func gatherLatentGradients() throws {
    let network = engine.network
    try gather([
      Rows(engine.latentGradient, network.latentRow, first: network.latents.dimension)
    ])
  }

  /// Completes the gradients: those of the decoder and of dense layers while another thread does `backThroughEncoder`, and then
  /// the encoder's.
  ///
  /// - Parameter backThroughEncoder: calls what it is given between pieces of its work, for messages to go on.
  func completeGradients(_ backThroughEncoder: (_ betweenPieces: () -> Void) -> Void) throws {
    let layout = engine.weights.layout
    let encoder = 0..<layout.encoderCount
    let others =
      layout.encoderCount..<(engine.splitsDenseGradients ? layout.count : layout.convolutionCount)
    engine.isReduced = false
    engine.reduceOwnLanes(others, count: count)
    let turns = Turns()
    team.whileWaiting = { turns.pause() }
    defer { team.whileWaiting = nil }
    try alongside {
      backThroughEncoder { turns.offer() }
      turns.end()
    } _: {
      defer { turns.end() }
      try gatherVectors()
      try sum(others)
    }
    engine.reduceOwnLanes(encoder, count: count)
    try sum(encoder)
    engine.isReduced = true
  }

  /// Completes what the gradients of dense layers are made of; nothing where these are sums over lanes.
  private func gatherVectors() throws {
    guard !engine.splitsDenseGradients else { return }
    let network = engine.network
    var rows: [Rows] = []
    for (index, layer) in network.dense.enumerated() {
      if index != network.fromLatents {
        rows.append(Rows(engine.forward.activations.dense[index].input, layer.input))
      }
      rows.append(Rows(engine.denseGradients[index].output, layer.output))
    }
    try gather(rows)
  }

  /// Adds up some gradients of all processes.
  private func sum(_ range: Range<Int>) throws {
    try team.sum(
      UnsafeMutableBufferPointer(
        start: engine.gradient.start + range.lowerBound, count: range.count))
  }

  /// Means, log variances, probabilities and KL.
  private var posteriorRows: [Rows] {
    let activations = engine.forward.activations
    let spec = engine.network.latents
    return [
      Rows(activations.heads, engine.network.headsRow, first: 2 * spec.continuous),
      Rows(activations.alpha, spec.categoryCount, first: spec.categoryCount),
      Rows(activations.divergences, spec.continuous + spec.discrete.count),
    ].compactMap { $0 }
  }

  /// z and every c.
  private var sampleRows: Rows {
    let network = engine.network
    return Rows(
      engine.forward.activations.latents, network.latentRow, first: network.latents.dimension)
  }

  private var digestOfWeights: [UInt8] {
    var checksum = CRC32()
    checksum.add(UnsafeRawBufferPointer(engine.weights.master.values))
    return withUnsafeBytes(of: checksum.value.littleEndian) { Array($0) }
  }

  /// Sends the rows of the images of this process, and writes those of all others where they belong.
  ///
  /// - Parameter prefix: sent in front of them.
  /// - Returns: the prefix of every process.
  @discardableResult
  private func gather(_ rows: [Rows], after prefix: [UInt8] = []) throws -> [[UInt8]] {
    let ranges = engine.laneRanges(count)
    func samples(_ rank: Int) -> Range<Int> {
      TrainingEngine.samples(of: team.lanes(of: rank, among: engine.lanes), in: ranges)
    }
    let own = samples(team.rank)
    var bytes = prefix
    bytes.reserveCapacity(rows.reduce(prefix.count) { $0 + own.count * $1.length })
    for row in rows { row.forEachRun(of: own) { bytes += UnsafeRawBufferPointer($0) } }
    return try team.gather(bytes).enumerated().map { rank, bytes in
      let samples = samples(rank)
      let length = rows.reduce(prefix.count) { $0 + samples.count * $1.length }
      guard bytes.count == length else {
        throw TrainingError.teamMessage(rank: rank, bytes: bytes.count, expected: length)
      }
      guard rank != team.rank else { return prefix }
      bytes.withUnsafeBytes { bytes in
        var place = prefix.count
        for row in rows {
          row.forEachRun(of: samples) { run in
            run.copyMemory(
              from: UnsafeRawBufferPointer(rebasing: bytes[place..<place + run.count]))
            place += run.count
          }
        }
      }
      return Array(bytes[..<prefix.count])
    }
  }
}

extension TrainingEngine {
  /// Adds up the lanes of this process in `gradient`, for some parameters: whole layers.
  ///
  /// A process without images leaves zeros with a minus: added to a number, they leave every bit as it is.
  func reduceOwnLanes(_ parameters: Range<Int>, count: Int) {
    let active = ownRanges(count).count
    func reduce(_ range: Range<Int>) {
      guard parameters.contains(range.lowerBound) else { return }
      if active == 0 {
        (gradient.start + range.lowerBound).update(repeating: -0.0, count: range.count)
      } else {
        sumLanes(range, active: active)
      }
    }
    let parts = weights.parts
    forward.run(.update, parts.count) { item, _ in
      switch parts[item] {
      case .plain(let range): reduce(range)
      case .convolution(_, _, _, let runs): for range in runs { reduce(range) }
      case .dense(let index, let panel):
        guard parameters.contains(weights.layout.dense[index].weights) else { return }
        gradients(dense: index, panel: panel, count: count, isKept: true) { _, _ in }
      }
    }
  }
}
