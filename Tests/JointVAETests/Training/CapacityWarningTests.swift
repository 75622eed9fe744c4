import JointVAE
import Testing

/// What a training warns of while a KL is away from its capacity.
struct CapacityWarningTests {
  /// Notes warnings of z's capacity.
  private final class Listener: TrainingObserver {
    var steps: [Int] = []
    var divergences: [Double] = []

    func observe(_ event: TrainingEvent, of trainer: Trainer) -> TrainingDirective {
      if case .step(let report) = event {
        divergences.append(report.terms.divergences[.continuous])
      }
      if case .warning(.capacityMissed(.continuous, _, _, _, let step)) = event {
        steps.append(step)
      }
      return .proceed
    }
  }

  /// Trains on noise, which a z without a weight learns by heart.
  private func listen(_ capacity: Capacity) throws -> Listener {
    var configuration = smallConfiguration()
    configuration.length = .steps(700)
    configuration.continuousCapacity = capacity
    let trainer = try Trainer(configuration: configuration, compute: .threads(1))
    let listener = Listener()
    _ = try trainer.train(on: NoiseImages(count: 16), observers: [listener])
    return listener
  }

  @Test("A KL above its capacity is a warning after 500 steps, once")
  func above() throws {
    let listener = try listen(Capacity(maximum: 0.1, rampSteps: 1, weight: 0))
    let first = try #require(listener.divergences.firstIndex { $0 > 1.1 })
    #expect(listener.steps == [first + 500])
  }

  @Test("Above a capacity that still grows it is none, as that comes to meet it")
  func growing() throws {
    let listener = try listen(Capacity(maximum: 100, rampSteps: 100_000, weight: 0))
    #expect(listener.divergences.suffix(500).allSatisfy { $0 > 2 })
    #expect(listener.steps == [])
    // Nor above one that grows later.
    let later = Ramp(to: 100, from: 50_000, through: 90_000)
    let rising = Capacity(maximum: 0.1, rampSteps: 1, weight: 0, laterRise: later)
    #expect(try listen(rising).steps == [])
    // One that has grown to less than that is missed.
    let small = Capacity(maximum: 0.2, rampSteps: 100_000, weight: 0)
    #expect(try listen(small).steps.count == 1)
  }

  @Test("Below a capacity it is one, whether that grows or not")
  func below() throws {
    let listener = try listen(Capacity(maximum: 1_000, rampSteps: 1_000, weight: 0))
    #expect(listener.steps.count == 1)
  }
}
