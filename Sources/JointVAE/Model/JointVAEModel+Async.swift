// The same functions for tasks: each computes on a thread of its own, and keeps none of the cooperative pool waiting.
extension JointVAEModel {
  /// The async form of `encode`.
  public func encode(_ images: ImageBatch) async throws -> Encoding {
    try await onOwnThread { try encode(images) }
  }

  /// The async form of `decode`.
  public func decode(_ codes: [LatentCode]) async throws -> ImageBatch {
    try await onOwnThread { try decode(codes) }
  }

  /// The async form of `reconstruct`.
  public func reconstruct(_ images: ImageBatch) async throws -> ImageBatch {
    try await onOwnThread { try reconstruct(images) }
  }

  /// The async form of `sample`.
  public func sample(
    _ count: Int, fixing fixed: [FixedLatent] = [], seed: UInt64 = 1
  ) async throws -> ImageBatch {
    try await onOwnThread { try sample(count, fixing: fixed, seed: seed) }
  }

  /// The async form of `interpolate`.
  public func interpolate(
    from start: LatentCode, to end: LatentCode, count: Int = 8
  ) async throws -> ImageBatch {
    try await onOwnThread { try interpolate(from: start, to: end, count: count) }
  }
}
