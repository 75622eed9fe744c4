import Foundation
import JointVAE
import JointVAECluster
import JointVAEKernels
import JointVAERuns
import Synchronization
import TestSupport
import Testing

/// Ranks are threads here; those of MPI are in RankTests.
@Suite("One model on many ranks")
struct TeamTests {
  /// Each with batches that the last images do not fill.
  private static let settings: [(String, TrainingConfiguration)] = [
    ("plain", smallConfiguration { $0.batchSize = 16 }),
    (
      "pairs",
      smallConfiguration {
        $0.batchSize = 16
        $0.pairing = Pairing()
      }
    ),
    (
      "neighbors",
      smallConfiguration {
        $0.batchSize = 16
        $0.pairing = Pairing(neighbors: NeighborTwins(count: 3, steps: [3, 7]))
      }
    ),
    // Its dense layers' gradients are sums over lanes.
    (
      "large batches",
      smallConfiguration {
        $0.imageShape = ImageShape(size: 32)
        $0.batchSize = 256
        $0.length = .epochs(2)
      }
    ),
    (
      "clipped, adaptive",
      smallConfiguration {
        $0.batchSize = 16
        $0.gradientClip = 0.05
        $0.reconstructionLoss = .adaptive
      }
    ),
    (
      "momentum, RGB, an early stop",
      smallConfiguration {
        $0.batchSize = 16
        $0.imageShape = ImageShape(size: 16, channels: 3)
        $0.optimizer = .sgd(learningRate: 0.01, momentum: 0.9)
        $0.earlyStop = EarlyStop(patience: 2, unit: .steps)
      }
    ),
  ]

  /// A model that learns from all images of a batch, and from a second batch.
  private static func family(
    _ model: ModelVariant, discrete: [Int] = []
  ) -> TrainingConfiguration {
    smallConfiguration {
      $0.latents = LatentSpec(continuous: 4, discrete: discrete)
      $0.batchSize = 16
      $0.model = model
    }
  }

  private static let family: [(String, TrainingConfiguration)] = [
    ("FactorVAE", family(.factorVAE(weight: 10, units: 32), discrete: [3])),
    ("beta-TCVAE", family(.betaTCVAE(beta: 4, sampling: .stratified))),
    ("DIP-VAE II", family(.dipVAE2(offDiagonal: 5, diagonal: 1))),
  ]

  /// What a rank has at the end: the bytes of its state.
  private static func state(_ trainer: Trainer) throws -> [UInt8] {
    try withTemporaryFolder { folder in
      try trainer.saveState(to: "\(folder)/state.safetensors")
      return [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/state.safetensors")))
    }
  }

  private static func train(
    _ configuration: TrainingConfiguration, ranks: Int, threads: Int, images: Int
  ) async throws -> [[UInt8]] {
    let results = await onRanks(ranks) { ranks in
      let trainer = try Trainer(
        configuration: configuration, compute: .threads(threads), team: RankTeam(ranks))
      try trainer.train(on: NoiseImages(count: images, shape: configuration.imageShape))
      return try state(trainer)
    }
    return try results.map { try $0.get() }
  }

  @Test(
    "gives every rank the bytes of a training without ranks, whatever their number and threads",
    arguments: settings + family)
  func bytes(name: String, configuration: TrainingConfiguration) async throws {
    // The last batch of an epoch has 5 images, or 3 pairs: fewer than there are lanes.
    let images = configuration.batchSize == 256 ? 261 : configuration.pairing == nil ? 37 : 19
    let alone = try Trainer(configuration: configuration, compute: .threads(2))
    try await alone.train(on: NoiseImages(count: images, shape: configuration.imageShape))
    let expected = try Self.state(alone)
    for (ranks, threads) in [(1, 2), (2, 2), (4, 1), (8, 1)] {
      let states = try await Self.train(
        configuration, ranks: ranks, threads: threads, images: images)
      #expect(states.allSatisfy { $0 == expected }, "\(name): \(ranks) ranks")
    }
  }

  @Test("also for numbers of lanes and ranks that are no powers of two", arguments: [1, 3, 6])
  func otherLanes(ranks: Int) async throws {
    let configuration = smallConfiguration {
      $0.batchSize = 16
      $0.lanes = 6
    }
    let alone = try Trainer(configuration: configuration)
    try await alone.train(on: NoiseImages(count: 37))
    let expected = try Self.state(alone)
    let states = try await Self.train(configuration, ranks: ranks, threads: 1, images: 37)
    #expect(states.allSatisfy { $0 == expected })
  }

  @Test("reads the images of its own lanes alone")
  func ownImages() async throws {
    let configuration = smallConfiguration {
      $0.batchSize = 16
      $0.length = .epochs(1)
    }
    let results = await onRanks(4) { ranks in
      let images = CountedImages(NoiseImages(count: 32))
      let trainer = try Trainer(configuration: configuration, team: RankTeam(ranks))
      try trainer.train(on: images)
      return images.copied
    }
    let copied = try results.map { try $0.get() }
    #expect(copied == [8, 8, 8, 8])
  }

  @Test("ends on all ranks when rank 0 stops, and goes on with another number of ranks")
  func stop() async throws {
    let configuration = Self.family(.factorVAE(weight: 10, units: 32), discrete: [3])
    let alone = try Trainer(configuration: configuration)
    try await alone.train(on: NoiseImages(count: 37))
    let expected = try Self.state(alone)
    try await withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let endings = await onRanks(4) { ranks in
        let trainer = try Trainer(configuration: configuration, team: RankTeam(ranks))
        let ending = try trainer.train(on: NoiseImages(count: 37)) { event in
          guard ranks.rank == 0, case .step(let report) = event, report.step == 4 else {
            return .proceed
          }
          return .stop
        }
        if ranks.rank == 0 { try trainer.saveState(to: path) }
        return (ending, trainer.step)
      }
      for ending in endings {
        let (kind, step) = try ending.get()
        #expect(kind == .stopped && step == 4)
      }
      let states = await onRanks(2) { ranks in
        let trainer = try Trainer(
          resumingFrom: path, configuration: configuration, team: RankTeam(ranks))
        try trainer.train(on: NoiseImages(count: 37))
        return try Self.state(trainer)
      }
      for state in states {
        let state = try state.get()
        #expect(state == expected)
      }
    }
  }

  @Test("ends on all ranks when one fails, and says which")
  func failure() async throws {
    let configuration = smallConfiguration { $0.batchSize = 16 }
    let results = await onRanks(4) { ranks in
      let trainer = try Trainer(configuration: configuration, team: RankTeam(ranks))
      try trainer.train(on: NoiseImages(count: 37)) { event in
        if ranks.rank == 2, case .step(let report) = event, report.step == 3 {
          throw ClusterError("no more paper")
        }
        return .proceed
      }
    }
    for (rank, result) in results.enumerated() {
      let error = #expect(throws: ClusterError.self) { try result.get() }
      // Others may hear of it from each other.
      #expect(error?.description.hasSuffix("no more paper") == true)
      #expect(rank == 2 || error?.description.contains("rank 2 has failed: ") == true)
    }
  }

  @Test("ends with what was asked for when a rank does not answer")
  func silence() async throws {
    let configuration = smallConfiguration { $0.batchSize = 16 }
    let results = await onRanks(2) { ranks in
      // Rank 1 never comes.
      guard ranks.rank == 0 else { return TrainingEnding.paused }
      let team = RankTeam(ranks, isStopRequested: { true })
      let trainer = try Trainer(configuration: configuration, team: team)
      return try trainer.train(on: NoiseImages(count: 37))
    }
    let ending = try results[0].get()
    #expect(ending == .stopped)
    let impatient = await onRanks(2) { ranks in
      guard ranks.rank == 0 else { return TrainingEnding.paused }
      let trainer = try Trainer(
        configuration: configuration, team: RankTeam(ranks, patience: .seconds(1)))
      return try trainer.train(on: NoiseImages(count: 37))
    }
    let error = #expect(throws: SilentRank.self) { try impatient[0].get() }
    #expect(error?.description.hasPrefix("rank 1 has not answered for 1 second; ") == true)
  }

  @Test(
    "is an error for ranks that lanes or images cannot be dealt to",
    arguments: [
      (3, 8, 16, "ranks is 3; expected 1, 2, 4 or 8 for 8 lanes; the setting lanes changes that"),
      (
        16, 8, 16, "ranks is 16; expected 1, 2, 4 or 8 for 8 lanes; the setting lanes changes that"
      ),
      (4, 6, 16, "ranks is 4; expected 1, 3 or 6 for 6 lanes; the setting lanes changes that"),
      (8, 8, 8, "ranks is 8; expected at most 4 for batches of 8 images"),
    ])
  func impossible(ranks: Int, lanes: Int, batch: Int, message: String) throws {
    let configuration = smallConfiguration {
      $0.batchSize = batch
      $0.lanes = lanes
    }
    let team = RankTeam(LocalRanks.group(of: ranks)[0])
    let error = #expect(throws: ConfigurationError.self) {
      _ = try Trainer(configuration: configuration, team: team)
    }
    #expect(error?.description == message)
  }

  @Test("finds weights that differ")
  func differentWeights() async throws {
    let results = await onRanks(2) { ranks in
      let trainer = try Trainer(
        configuration: smallConfiguration {
          $0.batchSize = 16
          $0.seed = ranks.rank == 0 ? 1 : 2
        }, team: RankTeam(ranks))
      try trainer.train(on: NoiseImages(count: 37))
    }
    for result in results {
      let error = #expect(throws: (any Error).self) { try result.get() }
      // A rank may learn it from the other, which has then found it.
      let text = error.map { "\($0)" } ?? ""
      #expect(text.contains("weights of rank 1 are not those of rank 0 before step 1"))
    }
    #expect(
      results.contains { result in
        guard case .failure(let error as TrainingError) = result else { return false }
        return error == .weightsDiffer(rank: 1, step: 1)
      })
  }
}

/// Images that count how many of them were asked for.
private final class CountedImages: ImageSource {
  private let images: NoiseImages
  private let counter = Mutex(0)

  init(_ images: NoiseImages) { self.images = images }

  var count: Int { images.count }
  var imageShape: ImageShape { images.imageShape }
  var copied: Int { counter.withLock { $0 } }

  func copyImages(at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>) {
    counter.withLock { $0 += indices.count }
    images.copyImages(at: indices, to: destination)
  }
}
