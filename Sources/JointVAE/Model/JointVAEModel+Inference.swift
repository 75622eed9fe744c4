import JointVAEFiles
import JointVAEKernels

extension JointVAEModel {
  /// The parameters of q(z, c | x) for images.
  ///
  /// It blocks while it computes; an async form does not.
  /// - Throws: `ModelError.imageShape`.
  public func encode(_ images: ImageBatch) throws -> Encoding {
    guard images.shape == imageShape else {
      throw ModelError.imageShape(images: images.shape, model: imageShape)
    }
    var arrays = PosteriorArrays(latents)
    images.values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      withEngine(samples: min(images.count, Self.batchSize)) { engine in
        forEachBatch(of: images.count) { batch in
          append(batch, of: start, on: engine, to: &arrays)
        }
      }
    }
    return arrays.encoding(count: images.count)
  }

  /// The parameters of q(z, c | x) for some images of a source, which need not fit in memory at once.
  ///
  /// It blocks while it computes.
  /// - Throws: `ModelError.imageShape`.
  public func encode(_ images: some ImageSource, at indices: [Int]) throws -> Encoding {
    guard images.imageShape == imageShape else {
      throw ModelError.imageShape(images: images.imageShape, model: imageShape)
    }
    var arrays = PosteriorArrays(latents)
    withEngine(samples: min(indices.count, Self.batchSize)) { engine in
      forEachBatch(of: indices.count) { batch in
        ImageBatch(images, at: indices[batch]).values.withUnsafeBufferPointer { values in
          guard let start = values.baseAddress else { return }
          append(0..<batch.count, of: start, on: engine, to: &arrays)
        }
      }
    }
    return arrays.encoding(count: indices.count)
  }

  /// Encodes a batch of the images at `start`.
  func append(
    _ batch: Range<Int>, of start: UnsafePointer<Float>, on engine: Engine,
    to arrays: inout PosteriorArrays
  ) {
    engine.encode(
      .floats(start + batch.lowerBound * imageShape.valueCount),
      parts: engine.slices(batch.count))
    engine.drawLatents(of: 0..<batch.count, noise: .mode)
    for latent in (0..<batch.count).lazy.map(engine.latentSample) {
      latent.findProbabilities(on: engine.instructions)
      arrays.append(latent)
    }
  }

  /// The images that codes stand for.
  ///
  /// It blocks while it computes; an async form does not.
  /// - Throws: `ModelError.otherLatents` for a code of another model.
  public func decode(_ codes: [LatentCode]) throws -> ImageBatch {
    if let other = codes.first(where: { $0.latents != latents }) {
      throw ModelError.otherLatents(other.latents, model: latents)
    }
    return try decode(vectors: codes.flatMap(\.vector))
  }

  /// The images that latent vectors stand for: `decode(_:)` for many codes in one array.
  ///
  /// - Parameter latents: `[image, dimension]`: z, then every c, as `LatentCode.vector` has them.
  /// - Throws: `ModelError.latentCount`.
  public func decode(vectors latents: [Float]) throws -> ImageBatch {
    let dimension = self.latents.dimension
    guard latents.count % dimension == 0 else {
      throw ModelError.latentCount(numbers: latents.count, dimension: dimension)
    }
    let count = latents.count / dimension
    let valueCount = imageShape.valueCount
    let values = [Float](filling: count * valueCount) { values, written in
      withEngine(samples: min(count, Self.batchSize)) { engine in
        forEachBatch(of: count) { batch in
          engine.computeFeatures(of: latents, at: batch)
          if let start = values.baseAddress {
            engine.render(count: batch.count, to: start + batch.lowerBound * valueCount)
          }
        }
      }
      written = count * valueCount
    }
    return ImageBatch(shape: imageShape, values: values)
  }

  /// Images through the model and back, with z its mean and c its most probable category.
  ///
  /// It blocks while it computes; an async form does not.
  /// - Throws: `ModelError.imageShape`.
  public func reconstruct(_ images: ImageBatch) throws -> ImageBatch {
    try decode(vectors: encode(images).modes())
  }

  func forEachBatch(of count: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: count, by: Self.batchSize) {
      body(start..<min(start + Self.batchSize, count))
    }
  }
}
