import JointVAEFiles

// The same functions for tasks. All of a model's calls compute on one thread with one set of workers, a batch of each in
// turn, and keep none of the cooperative pool waiting. A canceled task stops after the batch at hand.
extension JointVAEModel {
  /// The async form of `encode`.
  /// - Throws: as the form that blocks; `CancellationError` when the task is canceled.
  public func encode(_ images: ImageBatch) async throws -> Encoding {
    guard images.shape == imageShape else {
      throw ModelError.imageShape(images: images.shape, model: imageShape)
    }
    let result = ResultBox(PosteriorArrays(latents))
    try await inBatches(of: images.count) { engine, batch in
      images.values.withUnsafeBufferPointer {
        guard let start = $0.baseAddress else { return }
        append(batch, of: start, on: engine, to: &result.value)
      }
    }
    return result.value.encoding(count: images.count)
  }

  /// The async form of `decode`.
  /// - Throws: as the form that blocks; `CancellationError` when the task is canceled.
  public func decode(_ codes: [LatentCode]) async throws -> ImageBatch {
    if let other = codes.first(where: { $0.latents != latents }) {
      throw ModelError.otherLatents(other.latents, model: latents)
    }
    return try await render(codes.count) { batch in codes[batch].flatMap(\.vector) }
  }

  /// The async form of `reconstruct`.
  /// - Throws: as the form that blocks; `CancellationError` when the task is canceled.
  public func reconstruct(_ images: ImageBatch) async throws -> ImageBatch {
    try await decode(encode(images).codes)
  }

  /// The async form of `sample`.
  /// - Throws: as the form that blocks; `CancellationError` when the task is canceled.
  public func sample(
    _ count: Int, from source: LatentSource = .prior, fixing fixed: [FixedLatent] = [],
    seed: UInt64 = 1
  ) async throws -> ImageBatch {
    guard count >= 0 else { throw ModelError.imageCount(count) }
    // What is wrong is an error of no images, too.
    _ = try drawVectors(0..<0, from: source, fixing: fixed, seed: seed)
    return try await render(count) {
      try drawVectors($0, from: source, fixing: fixed, seed: seed)
    }
  }

  /// The async form of `interpolate`.
  /// - Throws: as the form that blocks; `CancellationError` when the task is canceled.
  public func interpolate(
    from start: LatentCode, to end: LatentCode, count: Int = 8
  ) async throws -> ImageBatch {
    try await decode(start.interpolated(to: end, count: count))
  }

  /// The images of `count` latent vectors.
  ///
  /// - Parameter vectors: those of a range of them, in one array.
  private func render(
    _ count: Int, _ vectors: @escaping @Sendable (Range<Int>) throws -> [Float]
  ) async throws -> ImageBatch {
    let length = imageShape.valueCount
    let result = ResultBox<[Float]>([])
    try await inBatches(of: count) { engine, batch in
      let codes = try vectors(batch)
      result.value += [Float](filling: batch.count * length) {
        engine.computeFeatures(of: codes, at: 0..<batch.count)
        if let start = $0.baseAddress { engine.render(count: batch.count, to: start) }
        $1 = batch.count * length
      }
    }
    return ImageBatch(shape: imageShape, values: result.value)
  }

  /// Calls `body` for each batch of `count` samples, in order, on the thread of the model.
  private func inBatches(
    of count: Int, _ body: @escaping @Sendable (Engine, Range<Int>) throws -> Void
  ) async throws {
    try Task.checkCancellation()
    guard count > 0 else { return }
    let start = ResultBox(0)
    try await queue.run(samples: min(count, Self.batchSize)) { engine in
      let end = min(start.value + Self.batchSize, count)
      try body(engine, start.value..<end)
      start.value = end
      return end < count
    }
  }
}

/// What a call has computed so far. One thread after the other has it: that of the queue, then the caller's.
private final class ResultBox<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}
