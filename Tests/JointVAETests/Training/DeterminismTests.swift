import Foundation
import JointVAE
import JointVAEKernels
import TestSupport
import Testing

/// Random images held in memory.
struct NoiseImages: ImageSource {
  let imageShape: ImageShape
  let bytes: [UInt8]
  var count: Int { bytes.count / imageShape.valueCount }

  init(count: Int, shape: ImageShape = ImageShape(size: 16), seed: UInt64 = 3) {
    imageShape = shape
    bytes = randomBytes(count * shape.valueCount, seed: seed)
  }

  func copyImages(at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>) {
    for (place, index) in indices.enumerated() {
      for i in 0..<imageShape.valueCount {
        destination[place * imageShape.valueCount + i] = bytes[index * imageShape.valueCount + i]
      }
    }
  }
}

func smallConfiguration(
  _ change: (inout TrainingConfiguration) -> Void = { _ in }
) -> TrainingConfiguration {
  var configuration = TrainingConfiguration(
    imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 3, discrete: [4]))
  configuration.batchSize = 8
  configuration.length = .epochs(3)
  configuration.continuousCapacity.rampSteps = 20
  configuration.discreteCapacity.rampSteps = 20
  change(&configuration)
  return configuration
}

/// Bytes of the model.safetensors that a model makes.
func savedBytes(_ model: JointVAEModel) throws -> [UInt8] {
  try withTemporaryFolder { folder in
    try model.save(to: "\(folder)/model.safetensors")
    return [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/model.safetensors")))
  }
}

@Suite struct DeterminismTests {
  /// Bytes of model.safetensors after training.
  private func modelBytes(
    _ configuration: TrainingConfiguration, threads: Int, images: Int = 29,
    instructionSet: InstructionSet? = nil
  ) throws -> [UInt8] {
    let trainer = try Trainer(
      configuration: configuration,
      compute: Compute(threads: threads, instructionSet: instructionSet))
    try trainer.train(on: NoiseImages(count: images, shape: configuration.imageShape))
    return try savedBytes(trainer.model)
  }

  @Test("The number of threads does not change a bit")
  func threads() throws {
    let one = try modelBytes(smallConfiguration(), threads: 1)
    for threads in [2, 3, 4, 16] {
      #expect(try modelBytes(smallConfiguration(), threads: threads) == one, "\(threads) threads")
    }
    let wide = smallConfiguration {
      $0.imageShape = ImageShape(size: 64, channels: 3)
      $0.length = .steps(3)
      $0.batchSize = 21
    }
    #expect(try modelBytes(wide, threads: 1) == modelBytes(wide, threads: 4))
  }

  @Test("Another seed, or another number of lanes, is another result")
  func seeds() throws {
    let base = try modelBytes(smallConfiguration(), threads: 2)
    #expect(try modelBytes(smallConfiguration { $0.seed = 2 }, threads: 2) != base)
    #expect(try modelBytes(smallConfiguration { $0.lanes = 3 }, threads: 2) != base)
  }

  @Test("All fused instruction sets train the same bits")
  func instructionSets() throws {
    let results = try InstructionSet.available.filter(\.isFused).map {
      try modelBytes(smallConfiguration(), threads: 2, instructionSet: $0)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test("Resuming from any step equals never having stopped", arguments: [1, 3, 4, 5, 8, 11])
  func resume(stop: Int) throws {
    let configuration = smallConfiguration()
    let images = NoiseImages(count: 29)
    let validation = NoiseImages(count: 5, seed: 8)
    func epochs(_ events: [TrainingEvent]) -> [EpochReport] {
      events.compactMap { if case .epoch(let report) = $0 { report } else { nil } }
    }
    var whole: [TrainingEvent] = []
    let uninterrupted = try Trainer(configuration: configuration, compute: .threads(2))
    try uninterrupted.train(on: images, validation: validation) {
      whole.append($0)
      return .proceed
    }
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      var parts: [TrainingEvent] = []
      let first = try Trainer(configuration: configuration, compute: .threads(1))
      try first.train(on: images, validation: validation) { event in
        parts.append(event)
        if case .step(let report) = event, report.step == stop { return .stop }
        return .proceed
      }
      #expect(first.step == stop)
      try first.saveState(to: path)
      let second = try Trainer(
        resumingFrom: path, configuration: configuration, compute: .threads(4))
      #expect(second.step == stop)
      try second.train(on: images, validation: validation) {
        parts.append($0)
        return .proceed
      }
      #expect(try savedBytes(second.model) == savedBytes(uninterrupted.model))
      #expect(epochs(parts) == epochs(whole))
    }
  }

  @Test("A run of more epochs continues one of fewer", arguments: [true, false])
  func moreEpochs(adam: Bool) throws {
    let images = NoiseImages(count: 29)
    func configuration(_ epochs: Int) -> TrainingConfiguration {
      smallConfiguration {
        $0.length = .epochs(epochs)
        if !adam { $0.optimizer = .sgd(learningRate: 0.05, momentum: 0.9) }
      }
    }
    let whole = try Trainer(configuration: configuration(4))
    try whole.train(on: images)
    try withTemporaryFolder { folder in
      let short = try Trainer(configuration: configuration(2))
      try short.train(on: images)
      try short.saveState(to: "\(folder)/state")
      let longer = try Trainer(resumingFrom: "\(folder)/state", configuration: configuration(4))
      try longer.train(on: images)
      #expect(try savedBytes(longer.model) == savedBytes(whole.model))
    }
  }

  @Test("Two trainers in one process do not disturb each other")
  func twoAtOnce() async throws {
    let alone = try modelBytes(smallConfiguration(), threads: 1)
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<2 {
        group.addTask { try modelBytes(smallConfiguration(), threads: 2) }
      }
      for try await bytes in group { #expect(bytes == alone) }
    }
  }

  @Test("Every image is seen once an epoch, in an order that changes")
  func order() throws {
    let source = CountingImages(count: 29)
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    try trainer.train(on: source)
    let epochs = stride(from: 0, to: source.visits.count, by: 29).map {
      Array(source.visits[$0..<$0 + 29])
    }
    #expect(epochs.count == 3)
    #expect(epochs.allSatisfy { $0.sorted() == Array(0..<29) })
    #expect(Set(epochs).count == 3)
  }
}

/// Notes which images are asked for.
private final class CountingImages: ImageSource, @unchecked Sendable {
  private let images: NoiseImages
  private(set) var visits: [Int] = []
  init(count: Int) { images = NoiseImages(count: count) }
  var count: Int { images.count }
  var imageShape: ImageShape { images.imageShape }
  func copyImages(at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>) {
    visits += indices
    images.copyImages(at: indices, to: destination)
  }
}
