import Foundation
import JointVAEKernels

/// Measures training steps on random images, and the machine's multiply-add rate in the same run.
package struct StepBenchmark: Sendable {
  /// What a training step is measured for; its latents, batch size and image shape are what matters.
  package var configuration: TrainingConfiguration
  /// What the steps may use of the machine.
  package var compute: Compute
  /// Rounds of steps, each followed by a measurement of the peak: the machine's speed changes while it runs.
  package var rounds = 10
  /// Measured steps of a round, and as many whose parts are measured.
  package var stepsPerRound = 20
  /// How convolutions are computed.
  package var convolution = ConvolutionMethod.automatic
  /// Processes that share each step; all of them run the benchmark.
  package var team: (any TrainingTeam)?

  /// A benchmark of training steps for a configuration.
  package init(configuration: TrainingConfiguration, compute: Compute = .automatic) {
    self.configuration = configuration
    self.compute = compute
  }

  /// What was measured.
  package struct Result: Codable, Sendable {
    /// The median time of a training step.
    package var medianMilliseconds: Double
    /// The shortest time of a training step.
    package var minimumMilliseconds: Double
    /// Nine of ten steps take no longer.
    package var percentile90Milliseconds: Double
    /// Where the median step goes, by `StepPhase` and `waiting`: the rest, at barriers and for what one thread does
    /// while the others wait. Together they are the median.
    package var phaseMilliseconds: [String: Double]
    /// Images a second at the median.
    package var imagesPerSecond: Double
    /// Billions of floating-point operations a second at the median, convolutions counted directly.
    package var gigaflops: Double
    /// The best such rate of multiply-adds in registers on as many threads; of one process, where several share a step.
    package var peakGigaflops: Double
    /// `gigaflops / peakGigaflops`, of all processes.
    package var shareOfPeak: Double
    /// Such as `avx512`.
    package var instructionSet: String
    /// How convolutions were computed, a `ConvolutionMethod`.
    package var convolution: String
    /// Threads at work.
    package var threads: Int
    /// Height and width of the images, in pixels.
    package var imageSize: ImageSize
    /// Values a pixel.
    package var channels: Int
    /// Images a step.
    package var batchSize: Int
    /// Processes that share a step; nil for one alone.
    package var ranks: Int?
  }

  /// Runs the benchmark; it takes a few seconds.
  /// - Throws: `ConfigurationError`, `TrainingError`.
  package func run() throws -> Result {
    let trainer = try Trainer(
      configuration: configuration, compute: compute, convolution: convolution, team: team)
    let shape = configuration.imageShape
    let random = Philox(seed: configuration.seed)
    let pixels = (0..<configuration.batchSize * shape.valueCount).map {
      UInt8(truncatingIfNeeded: random.words(SIMD4(UInt32($0), 0, 0, 0))[0])
    }
    func steps() throws -> [Double] {
      try (0..<stepsPerRound).map { step in
        let start = DispatchTime.now().uptimeNanoseconds
        _ = try trainer.step(
          pixels: pixels, noise: .random(seed: configuration.seed, step: step),
          second: trainer.learnsFromSecondBatch
            ? (pixels, .second(seed: configuration.seed, step: step)) : nil)
        return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
      }
    }
    // The first round warms caches and clocks up.
    _ = try steps()
    var times: [Double] = []
    var clockedTime = 0.0
    var peak = 0.0
    let clock = StepClock(threads: trainer.threads)
    for _ in 0..<rounds {
      times += try steps()
      peak = max(peak, trainer.core.withLock { $0.engine.peakRate() })
      // Reading clocks takes time itself: these steps say how a step divides, and not how long it is.
      trainer.core.withLock { $0.engine.forward.clock = clock }
      clockedTime += try steps().reduce(0, +)
      trainer.core.withLock { $0.engine.forward.clock = nil }
    }
    times.sort()
    let median = times[times.count / 2]
    let operations = Double(
      trainer.core.withLock {
        $0.engine.network.operationsPerStep(samples: configuration.batchSize)
      })
    let rate = operations / median / 1e6
    return Result(
      medianMilliseconds: median, minimumMilliseconds: times[0],
      percentile90Milliseconds: times[times.count * 9 / 10],
      phaseMilliseconds: clock.shares(of: clockedTime).mapValues { $0 * median },
      imagesPerSecond: Double(configuration.batchSize) / median * 1e3, gigaflops: rate,
      peakGigaflops: peak, shareOfPeak: rate / peak / Double(team?.count ?? 1),
      instructionSet: trainer.instructionSet.description, convolution: convolution.rawValue,
      threads: trainer.threads, imageSize: shape.size, channels: shape.channels,
      batchSize: configuration.batchSize, ranks: team?.count)
  }
}

extension TrainingEngine {
  /// Billions of floating-point operations a second when all threads do nothing but multiply-adds.
  func peakRate() -> Double {
    let rounds = 200_000
    let operations = FloatBuffer(count: workers.count)
    defer { withExtendedLifetime(operations) {} }
    let start = DispatchTime.now().uptimeNanoseconds
    workers.run(workers.count) { item, _ in
      var sink: (Float, Float, Float) = (0.999, 0.001, 1)
      withUnsafeMutableBytes(of: &sink) {
        guard let numbers = $0.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
        operations.start[item] = Float(instructions.burn(rounds: rounds, sink: numbers))
      }
    }
    let end = DispatchTime.now().uptimeNanoseconds
    return Double(operations.values.reduce(0, +)) / Double(end - start)
  }
}
