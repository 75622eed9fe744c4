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

  /// Numbers of every image of the batch, one image after the other.
  private struct Rows {
    let start: UnsafeMutableRawPointer
    /// Bytes of an image.
    let stride: Int

    init(_ buffer: FloatBuffer, _ row: Int) {
      start = UnsafeMutableRawPointer(buffer.start)
      stride = row * MemoryLayout<Float>.stride
    }

    init?<Value>(_ values: UnsafeMutableBufferPointer<Value>, _ row: Int = 1) {
      guard let address = values.baseAddress, row > 0 else { return nil }
      start = UnsafeMutableRawPointer(address)
      stride = row * MemoryLayout<Value>.stride
    }
  }

  /// Completes the latents of the batch: means, variances, probabilities, samples, and their KL.
  func gatherLatents() throws { try gather(latentRows) }

  /// Completes the losses of the batch.
  ///
  /// - Parameters:
  ///   - includesLatents: whether the latents are still to be completed.
  ///   - step: every hundredth step compares the weights of all processes.
  /// - Throws: `TrainingError.weightsDiffer`.
  func gatherLosses(includesLatents: Bool, step: Int) throws {
    let activations = engine.forward.activations
    let losses = [Rows(activations.reconstruction), Rows(activations.shapeGradients)]
    let digest = step % Self.digestInterval == 1 ? digestOfWeights : []
    let others = try gather(
      losses.compactMap { $0 } + (includesLatents ? latentRows : []), after: digest)
    if let rank = others.firstIndex(where: { $0 != digest }) {
      throw TrainingError.weightsDiffer(rank: rank, step: step)
    }
  }

  /// Completes the gradients by the latents, which twins give to each other.
  func gatherLatentGradients() throws {
    try gather([Rows(engine.latentGradient, engine.network.latentRow)])
  }

  /// Completes what the gradients of dense layers are made of, or leaves them to `sumGradients`.
  func gatherVectors() throws {
    guard !engine.splitsDenseGradients else { return }
    let network = engine.network
    var rows: [Rows] = []
    for (index, layer) in network.dense.enumerated() {
      if index != network.fromLatents {
        rows.append(Rows(engine.forward.activations.dense[index].input, layer.input.sample))
      }
      rows.append(Rows(engine.denseGradients[index].output, layer.output.sample))
    }
    try gather(rows)
  }

  /// Adds up the gradients of all lanes of all processes, but for those that `gatherVectors` is enough for.
  func sumGradients() throws {
    engine.reduceOwnLanes(count: count)
    let layout = engine.weights.layout
    let length = engine.splitsDenseGradients ? layout.count : layout.convolutionCount
    try team.sum(UnsafeMutableBufferPointer(start: engine.gradient.start, count: length))
    engine.isReduced = true
  }

  private var latentRows: [Rows] {
    let activations = engine.forward.activations
    let spec = engine.network.latents
    return [
      Rows(activations.heads, engine.network.headsRow),
      Rows(activations.latents, engine.network.latentRow),
      Rows(activations.alpha, spec.categoryCount),
      Rows(activations.divergences, spec.continuous + spec.discrete.count),
    ].compactMap { $0 }
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
    func slice(_ row: Rows, _ samples: Range<Int>) -> UnsafeMutableRawBufferPointer {
      UnsafeMutableRawBufferPointer(
        start: row.start + samples.lowerBound * row.stride, count: samples.count * row.stride)
    }
    var bytes = prefix
    for row in rows { bytes += slice(row, samples(team.rank)) }
    let all = try team.gather(bytes)
    return try all.enumerated().map { rank, bytes in
      let samples = samples(rank)
      let length = rows.reduce(prefix.count) { $0 + samples.count * $1.stride }
      guard bytes.count == length else {
        throw TrainingError.teamMessage(rank: rank, bytes: bytes.count, expected: length)
      }
      guard rank != team.rank else { return prefix }
      var place = prefix.count
      for row in rows {
        let target = slice(row, samples)
        target.copyBytes(from: bytes[place..<place + target.count])
        place += target.count
      }
      return Array(bytes[..<prefix.count])
    }
  }
}

extension TrainingEngine {
  /// Adds up the lanes of this process in `gradient`, those of dense layers as well where they are split.
  ///
  /// A process without images leaves zeros with a minus: added to a number, they leave every bit as it is.
  func reduceOwnLanes(count: Int) {
    isReduced = false
    let active = ownRanges(count).count
    let parts = weights.parts
    func reduce(_ range: Range<Int>) {
      if active == 0 {
        (gradient.start + range.lowerBound).update(repeating: -0.0, count: range.count)
      } else {
        sumLanes(range, active: active)
      }
    }
    forward.run(.update, parts.count) { item, _ in
      switch parts[item] {
      case .plain(let range): reduce(range)
      case .convolution(_, _, _, let runs): for range in runs { reduce(range) }
      case .dense(let index, let panel):
        guard splitsDenseGradients else { return }
        gradients(dense: index, panel: panel, count: count, isKept: true) { _, _ in }
      }
    }
  }
}
