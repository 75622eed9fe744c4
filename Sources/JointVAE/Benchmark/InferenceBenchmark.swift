import Foundation
import JointVAEKernels

/// Measures encoding and decoding: many images at once, and a single one as an app or a server asks
/// for it.
package struct InferenceBenchmark: Sendable {
  /// The shape of the images.
  package var imageShape: ImageShape
  /// The model's latent variables.
  package var latents: LatentSpec
  /// What many images may use of the machine; one image has one thread.
  package var compute: Compute
  /// Images that are encoded and decoded at once.
  package var imageCount = 10_000
  /// How often that is done; the first time warms caches and clocks up.
  package var rounds = 5
  /// Single images that are encoded, decoded and reconstructed; callers encode and decode twice as many together.
  package var singleCount = 2000
  /// Numbers of threads that call one model at once.
  package var callers = [1, 2, 4, 8]

  /// A benchmark of a model of untrained weights, which cost as much as trained ones.
  package init(imageShape: ImageShape, latents: LatentSpec, compute: Compute = .automatic) {
    self.imageShape = imageShape
    self.latents = latents
    self.compute = compute
  }

  /// What was measured.
  package struct Result: Codable, Sendable {
    /// The time to encode all images.
    package var encode: Batch
    /// The time to decode as many latent vectors.
    package var decode: Batch
    /// Both, one after the other.
    package var reconstruct: Batch
    /// The time for one image.
    package var encodeOne: Single
    /// The time for one latent vector.
    package var decodeOne: Single
    /// Both, one after the other.
    package var reconstructOne: Single
    /// The time for one image with weights of 16 bits.
    package var encodeOneOfHalves: Single
    /// The time for one latent vector with weights of 16 bits.
    package var decodeOneOfHalves: Single
    /// What several threads get of one model, each with an image at a time.
    package var concurrent: [Callers]
    /// Images that were encoded and decoded at once.
    package var imageCount: Int
    /// Such as `avx512`.
    package var instructionSet: String
    /// Height and width of the images, in pixels.
    package var imageSize: ImageSize
    /// Values a pixel.
    package var channels: Int
  }

  /// Times for many images at once.
  package struct Batch: Codable, Sendable {
    /// The median of the rounds.
    package var medianMilliseconds: Double
    /// The shortest round.
    package var minimumMilliseconds: Double
    /// Images a second at the median.
    package var imagesPerSecond: Double
  }

  /// Times for single images.
  package struct Single: Codable, Sendable {
    /// Half of all calls are done sooner.
    package var p50Microseconds: Double
    /// All but a hundredth of the calls are done sooner.
    package var p99Microseconds: Double
  }

  /// What threads that call one model at once get of it together.
  package struct Callers: Codable, Sendable {
    /// Threads that call.
    package var count: Int
    /// Images that are encoded in a second.
    package var encodedPerSecond: Double
    /// Latent vectors that are decoded in a second.
    package var decodedPerSecond: Double

    /// A measurement.
    package init(count: Int, encodedPerSecond: Double, decodedPerSecond: Double) {
      self.count = count
      self.encodedPerSecond = encodedPerSecond
      self.decodedPerSecond = decodedPerSecond
    }
  }

  /// Runs the benchmark; it takes a few seconds.
  /// - Throws: `ConfigurationError`.
  package func run() throws -> Result {
    let model = try JointVAEModel(imageShape: imageShape, latents: latents).using(compute)
    let many = randomImages(imageCount)
    let codes = try model.encode(many).modes()
    let one = randomImages(1)
    let code = try model.encode(one).modes()
    let halved = try model.roundedToHalf()
    return Result(
      encode: try batch { _ = try model.encode(many) },
      decode: try batch { _ = try model.decode(vectors: codes) },
      reconstruct: try batch { _ = try model.reconstruct(many) },
      encodeOne: try single { _ = try model.encode(one) },
      decodeOne: try single { _ = try model.decode(vectors: code) },
      reconstructOne: try single { _ = try model.reconstruct(one) },
      encodeOneOfHalves: try single { _ = try halved.encode(one) },
      decodeOneOfHalves: try single { _ = try halved.decode(vectors: code) },
      concurrent: callers.map { count in
        Callers(
          count: count, encodedPerSecond: perSecond(callers: count) { _ = try? model.encode(one) },
          decodedPerSecond: perSecond(callers: count) { _ = try? model.decode(vectors: code) })
      },
      imageCount: imageCount, instructionSet: model.instructionSet.description,
      imageSize: imageShape.size, channels: imageShape.channels)
  }

  private func randomImages(_ count: Int) -> ImageBatch {
    let random = Philox(seed: 1)
    let words = (0..<(count * imageShape.valueCount + 3) / 4).map {
      random.words(SIMD4(UInt32(truncatingIfNeeded: $0), 0, 0, 0))
    }
    let values = (0..<count * imageShape.valueCount).map {
      Float(words[$0 / 4][$0 % 4] >> 24) / 255
    }
    return ImageBatch(shape: imageShape, values: values)
  }

  private func batch(_ body: () throws -> Void) rethrows -> Batch {
    let times = try times(rounds + 1, body).dropFirst().sorted()
    let median = times[times.count / 2]
    return Batch(
      medianMilliseconds: median / 1e6, minimumMilliseconds: (times.first ?? 0) / 1e6,
      imagesPerSecond: Double(imageCount) / median * 1e9)
  }

  private func single(_ body: () throws -> Void) rethrows -> Single {
    let warmUp = singleCount / 10
    let times = try times(warmUp + singleCount, body).dropFirst(warmUp).sorted()
    return Single(
      p50Microseconds: times[times.count / 2] / 1e3,
      p99Microseconds: times[times.count * 99 / 100] / 1e3)
  }

  /// Calls a second of threads that do nothing but call.
  private func perSecond(callers: Int, _ body: () -> Void) -> Double {
    let threads = Workers(count: callers)
    let calls = max(1, 2 * singleCount / callers)
    let start = DispatchTime.now().uptimeNanoseconds
    threads.run(callers) { _, _ in
      for _ in 0..<calls { body() }
    }
    let nanoseconds = Double(DispatchTime.now().uptimeNanoseconds - start)
    return Double(callers * calls) / nanoseconds * 1e9
  }

  /// Nanoseconds of each of `count` calls.
  private func times(_ count: Int, _ body: () throws -> Void) rethrows -> [Double] {
    try (0..<count).map { _ in
      let start = DispatchTime.now().uptimeNanoseconds
      try body()
      return Double(DispatchTime.now().uptimeNanoseconds - start)
    }
  }
}
