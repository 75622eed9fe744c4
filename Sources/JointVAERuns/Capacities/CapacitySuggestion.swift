import JointVAEMetrics
import JointVAE
import JointVAEData
import JointVAEFiles

/// Capacities for a data set, and the trainings they follow from.
public struct CapacitySuggestion: Hashable, Codable, Sendable {
  /// The data set's name.
  public var dataSet: String
  /// Images trained on.
  public var imageCount: Int
  /// Their shape.
  public var imageShape: ImageShape
  /// The latent variables.
  public var latents: LatentSpec
  /// The loss of a reconstructed value, as settings name it.
  public var loss: String
  /// The weight of the KL in the training without capacities.
  public var beta: Double
  /// Steps of each training.
  public var steps: Int
  /// What they were drawn from.
  public var seed: UInt64
  /// KL of each latent without capacities, in nats: means over the last fifth of the steps.
  public var divergences: LatentInformation
  /// The weights that were tried, in their order.
  public var trials: [Trial]
  /// The suggested C_z and gamma_z; nil without continuous latents.
  public var continuousCapacity: Capacity?
  /// The suggested C_c and gamma_c; nil without discrete latents that can carry something.
  public var discreteCapacity: Capacity?
  /// What a user should know before using them.
  public var remarks: [String]

  /// A weight that was tried.
  public struct Trial: Hashable, Codable, Sendable {
    /// gamma.
    public var weight: Double
    /// The mean of `|C_z - KL_z|` over the fifth of the steps, after the first one, in which it is largest; in nats,
    /// nil for a training that failed.
    public var continuousDistance: Double?
    /// The same of c.
    public var discreteDistance: Double?
    /// Whether both are small enough.
    public var holds: Bool
    /// Why the training failed; nil when it did not.
    public var failure: String?

    /// What a training with capacities that grow to `continuous` and `discrete` nats shows of a weight.
    init(weight: Double, _ course: CapacityTrial, continuous: Double, discrete: Double) {
      self.weight = weight
      // At first an untrained model's KL goes where it will; after that it has to keep to its capacity, while that grows
      // as well as at its end.
      let distances = [course.continuousDistances, course.discreteDistances].map {
        $0.dropFirst().max() ?? 0
      }
      (continuousDistance, discreteDistance) = (distances[0], distances[1])
      holds = zip(distances, [continuous, discrete]).allSatisfy { distance, capacity in
        capacity == 0 || distance < Self.tolerance(of: capacity)
      }
    }

    /// A weight with which training failed.
    init(weight: Double, failure: String) {
      self.weight = weight
      self.failure = failure
      holds = false
    }

    /// 1 nat, or half of a capacity below 2 nats, of which 1 nat would say too little.
    static func tolerance(of capacity: Double) -> Double { min(1, capacity / 2) }
  }

  /// The suggestion of a search.
  ///
  /// - Parameter maxima: C_max of z and of c; 0 without such latents.
  init(
    _ search: CapacitySearch, images: LabeledImages, divergences: LatentInformation,
    maxima: (continuous: Double, discrete: Double), trials: [Trial]
  ) {
    let settings = search.configuration
    dataSet = images.name
    imageCount = images.count
    imageShape = images.imageShape
    latents = settings.latents
    loss = settings.reconstructionLoss.text
    beta = search.beta
    steps = search.steps
    seed = settings.seed
    self.divergences = divergences
    self.trials = trials
    // Without one that holds, the largest that could be trained comes closest.
    let chosen = trials.first(where: \.holds) ?? trials.last { $0.failure == nil }
    let weight = chosen?.weight ?? settings.continuousCapacity.weight
    continuousCapacity =
      maxima.continuous > 0
      ? Capacity(
        maximum: maxima.continuous, rampSteps: settings.continuousCapacity.rampSteps,
        weight: weight) : nil
    discreteCapacity =
      maxima.discrete > 0
      ? Capacity(
        maximum: maxima.discrete, rampSteps: settings.discreteCapacity.rampSteps,
        weight: weight) : nil
    remarks = Self.remarks(settings, chosen)
  }

  private static func remarks(_ settings: TrainingConfiguration, _ chosen: Trial?) -> [String] {
    var remarks: [String] = []
    if chosen?.holds != true {
      remarks.append(
        "No weight kept the KL within 1 nat of its capacity; try more steps, or larger weights."
      )
    }
    if let rise = settings.continuousCapacity.laterRise {
      remarks.append(
        "The recipe lets C_z rise again later, to \(NumberText.shortest(rise.value)) nats; with these "
          + "capacities it does not.")
    }
    if settings.pairing != nil {
      remarks.append("The trainings were on images as they are, not on pairs.")
    }
    return remarks
  }
}
