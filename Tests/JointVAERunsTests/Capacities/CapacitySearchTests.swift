import Foundation
import JointVAE
import JointVAEData
import JointVAERuns
import TestSupport
import Testing

/// One after the other: each trains several models.
@Suite(.serialized)
struct CapacitySearchTests {
  /// Shapes that differ in kind, place, size and turn.
  private static func images() throws -> LabeledImages {
    try ShapeGenerator(seed: 1).images(count: 400, size: 16)
  }

  private static func search(continuous: Int = 3, discrete: [Int] = [4]) throws -> CapacitySearch {
    var configuration = TrainingConfiguration(
      imageShape: try images().imageShape,
      latents: LatentSpec(continuous: continuous, discrete: discrete))
    configuration.continuousCapacity = Capacity(maximum: 1, rampSteps: 700, weight: 2)
    configuration.discreteCapacity = Capacity(maximum: 1, rampSteps: 300, weight: 3)
    configuration.optimizer = .adam(learningRate: 1e-3)
    configuration.batchSize = 16
    var search = CapacitySearch(configuration)
    search.steps = 400
    search.weights = [0.01, 30]
    return search
  }

  private static func run(_ search: CapacitySearch, threads: Int = 1) throws -> CapacitySuggestion {
    try search.run(on: try images(), compute: .threads(threads))
  }

  @Test("Shapes get a capacity that their factors are worth, and the first weight that holds")
  func shapes() throws {
    let suggestion = try Self.run(try Self.search())
    // Place, size and turn: some nats, and fewer than the pixels have; log 4 for the four kinds.
    let continuous = try #require(suggestion.continuousCapacity)
    #expect((2...20).contains(continuous.maximum), "\(continuous.maximum)")
    #expect(abs(continuous.maximum - suggestion.divergences.continuous.reduce(0, +)) <= 0.0501)
    try #require(suggestion.trials.map(\.weight) == [0.01, 30])
    #expect(suggestion.trials.map(\.holds) == [false, true])
    #expect(continuous.weight == 30)
    // The ramps are as long as the settings say.
    #expect(continuous.rampSteps == 700)
    #expect(suggestion.discreteCapacity == Capacity(maximum: 1.39, rampSteps: 300, weight: 30))
    #expect(suggestion.remarks == [])
    let far = try #require(suggestion.trials[0].continuousDistance)
    let near = try #require(suggestion.trials[1].continuousDistance)
    #expect(far > 1 && near < 1)
    let again = try JSONDecoder().decode(
      CapacitySuggestion.self, from: Data(suggestion.json().utf8))
    #expect(again == suggestion)
  }

  @Test("The same seed gives the same numbers with 1 and 3 threads, another seed others")
  func reproducible() throws {
    var search = try Self.search()
    search.steps = 40
    let one = try Self.run(search)
    #expect(try Self.run(search, threads: 3) == one)
    search.configuration.seed = 2
    #expect(try Self.run(search).divergences != one.divergences)
  }

  @Test("A weight that is too small for all, and one that training fails with, are told as such")
  func noWeightHolds() throws {
    var search = try Self.search()
    search.steps = 300
    search.weights = [0.01, 1e300]
    let suggestion = try Self.run(search)
    try #require(suggestion.trials.map(\.holds) == [false, false])
    let failure = try #require(suggestion.trials[1].failure)
    #expect(failure.contains("holds a value that is not finite"))
    #expect(suggestion.continuousCapacity?.weight == 0.01)
    try #require(suggestion.remarks.count == 1)
    #expect(suggestion.remarks[0].hasPrefix("No weight kept the KL within 1 nat"))
    #expect(suggestion.text.contains("\n1e+300  step "))
  }

  @Test("Latents of one kind get one capacity, and pairs and a later rise are spoken of")
  func oneKind() throws {
    var search = try Self.search(discrete: [])
    search.steps = 50
    search.weights = [30]
    search.configuration.continuousCapacity.laterRise = Ramp(to: 10, from: 700, through: 800)
    search.configuration.pairing = Pairing()
    let continuous = try Self.run(search)
    #expect(continuous.discreteCapacity == nil)
    #expect(continuous.text.contains("The recipe lets C_z rise again later, to 10 nats"))
    #expect(continuous.text.contains("on images as they are, not on pairs"))
    search = try Self.search(continuous: 0, discrete: [4, 2])
    search.steps = 50
    let discrete = try Self.run(search)
    #expect(discrete.continuousCapacity == nil)
    #expect(discrete.discreteCapacity?.maximum == 2.08)
    #expect(discrete.continuousCapacity == nil && discrete.discreteCapacity?.rampSteps == 300)
  }

  @Test("Settings that cannot be are refused before anything is trained")
  func badSettings() throws {
    func refuse(_ sentence: String, _ change: (inout CapacitySearch) -> Void) throws {
      var search = try Self.search()
      change(&search)
      let error = try #require(throws: ConfigurationError.self) { try Self.run(search) }
      #expect(error.description == sentence)
    }
    try refuse("beta is 0.0; expected a number above 0") { $0.beta = 0 }
    try refuse("beta is nan; expected a number above 0") { $0.beta = .nan }
    try refuse("steps is 24; expected from 25 to 1000000") { $0.steps = 24 }
    try refuse("steps is \(Int.max); expected from 25 to 1000000") { $0.steps = .max }
    let weights = "expected 1 to 20 numbers above 0, each above the one before, such as 5,15,30"
    try refuse("weights is ; \(weights)") { $0.weights = [] }
    try refuse("weights is 5,5; \(weights)") { $0.weights = [5, 5] }
    try refuse("weights is 30,5; \(weights)") { $0.weights = [30, 5] }
    try refuse("weights is 0,5; \(weights)") { $0.weights = [0, 5] }
    try refuse("weights is inf; \(weights)") { $0.weights = [.infinity] }
    try refuse("batch size is 0; expected from 1 to 65536 images") {
      $0.configuration.batchSize = 0
    }
  }

  @Test("A beta that leaves z nothing to carry is refused")
  func largeBeta() throws {
    var search = try Self.search()
    search.steps = 200
    search.beta = 10_000
    let error = try #require(throws: ConfigurationError.self) { try Self.run(search) }
    #expect(error.setting == "beta")
    #expect(error.expected.hasPrefix("a smaller one, or more steps: z carries 0.0"))
  }
}
