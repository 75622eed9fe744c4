import JointVAEMetrics
import JointVAE
import JointVAEData
import JointVAEFiles

/// Finds capacities and their weight for a data set with a few short trainings.
///
/// The rule is that of the authors of capacities (Burgess et al. 2018, and what they say to users): C may grow to the KL of
/// z that a model with a low beta has, and gamma is large enough when the KL stays within 1 nat of C. Here the first
/// training has `C = 0` and the weight beta, which makes the objective that of a beta-VAE (Higgins et al. 2017); c's
/// capacity is all that c can carry, sum log K. Then weights are tried, from the smallest to the first that holds.
public struct CapacitySearch: Sendable {
  /// The settings to search for; their capacities say how long the suggested ones grow.
  public var configuration: TrainingConfiguration
  /// The weight of the KL in the first training.
  public var beta = 1.0
  /// The weights gamma to try, from small to large.
  public var weights = Self.usualWeights
  /// Steps of each training.
  public var steps = 2_000

  /// A training that is about to begin.
  public enum Attempt: Hashable, Sendable {
    /// Without capacities, with the weight beta on the KL.
    case free(beta: Double, steps: Int)
    /// With capacities of the weight gamma.
    case weight(Double, steps: Int)
  }

  /// Weights as published recipes have them, and smaller ones.
  public static let usualWeights: [Double] = [5, 15, 30, 100, 300]

  private static let stepRange = 25...1_000_000
  private static let weightLimit = 20

  /// A search for settings like these.
  public init(_ configuration: TrainingConfiguration) { self.configuration = configuration }

  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func validate() throws {
    try configuration.validate()
    guard beta.isFinite, beta > 0 else {
      throw ConfigurationError("beta", "\(beta)", expected: "a number above 0")
    }
    guard Self.stepRange.contains(steps) else {
      throw ConfigurationError("steps", "\(steps)", expected: "from 25 to 1000000")
    }
    let isRising = zip(weights, weights.dropFirst()).allSatisfy { $0 < $1 }
    guard (1...Self.weightLimit).contains(weights.count), isRising,
      weights.allSatisfy({ $0.isFinite && $0 > 0 })
    else {
      throw ConfigurationError(
        "weights", weights.map(NumberText.shortest).joined(separator: ","),
        expected:
          "1 to \(Self.weightLimit) numbers above 0, each above the one before, such as 5,15,30")
    }
  }

  /// Trains and suggests.
  ///
  /// - Parameters:
  ///   - images: to train on; of the configuration's shape.
  ///   - compute: threads and instructions; they do not change the result.
  ///   - observers: those of each training.
  ///   - onAttempt: called before each training.
  /// - Throws: `ConfigurationError` for a setting that cannot be, or when z carries next to nothing even without
  ///   capacities; what the trainer throws.
  public func run(
    on images: LabeledImages, compute: Compute = .automatic,
    observers: [any TrainingObserver] = [], onAttempt: (Attempt) -> Void = { _ in }
  ) throws -> CapacitySuggestion {
    try validate()
    onAttempt(.free(beta: beta, steps: steps))
    let free = try CapacityTrial(
      training: trial(continuous: 0, discrete: 0, weight: beta), on: images, compute: compute,
      observers: observers)
    let (continuous, discrete) = try maxima(free.divergences)
    var trials: [CapacitySuggestion.Trial] = []
    for weight in weights {
      onAttempt(.weight(weight, steps: steps))
      let trial = try attempt(
        weight, continuous: continuous, discrete: discrete, on: images, compute: compute,
        observers: observers)
      trials.append(trial)
      if trial.holds { break }
    }
    return CapacitySuggestion(
      self, images: images, divergences: free.divergences, maxima: (continuous, discrete),
      trials: trials)
  }

  /// C_max of z, to a tenth of a nat, and of c, to a hundredth above; 0 without such latents.
  private func maxima(_ divergences: LatentInformation) throws -> (Double, Double) {
    let discrete = (configuration.latents.largestDiscreteKL * 100).rounded(.up) / 100
    guard configuration.latents.continuous > 0 else { return (0, discrete) }
    let carried = divergences.continuous.reduce(0, +)
    guard carried >= LossTerms.activityThreshold else {
      throw ConfigurationError(
        "beta", NumberText.shortest(beta),
        expected: "a smaller one, or more steps: z carries \(NumberText.decimal(carried, 3)) nats"
      )
    }
    return ((carried * 10).rounded() / 10, discrete)
  }

  private func attempt(
    _ weight: Double, continuous: Double, discrete: Double, on images: LabeledImages,
    compute: Compute, observers: [any TrainingObserver]
  ) throws -> CapacitySuggestion.Trial {
    do {
      let course = try CapacityTrial(
        training: trial(continuous: continuous, discrete: discrete, weight: weight), on: images,
        compute: compute, observers: observers)
      return CapacitySuggestion.Trial(
        weight: weight, course, continuous: continuous, discrete: discrete)
    } catch TrainingError.notFinite(let tensor, let step) {
      return CapacitySuggestion.Trial(
        weight: weight, failure: "step \(step): \(tensor) holds a value that is not finite")
    }
  }

  /// Settings of a training whose capacities are at their maxima for its last part.
  ///
  /// C_z takes two parts for its first nat. There each nat gains most, and so a weight that is too small shows: long runs
  /// are there for thousands of steps, which a steady short rise would pass over.
  private func trial(continuous: Double, discrete: Double, weight: Double) -> TrainingConfiguration
  {
    let (slow, full) = (part(2), part(CapacityTrial.partCount - 1))
    var trial = configuration.withSteadyOptimizer
    trial.continuousCapacity = Capacity(
      maximum: min(1, continuous), rampSteps: slow, weight: weight,
      laterRise: Ramp(to: continuous, from: slow, through: full))
    trial.discreteCapacity = Capacity(maximum: discrete, rampSteps: full, weight: weight)
    trial.model = .jointVAE
    trial.pairing = nil
    trial.length = .steps(steps)
    return trial
  }

  /// The steps of the first parts of a training.
  private func part(_ count: Int) -> Int { steps * count / CapacityTrial.partCount }
}
