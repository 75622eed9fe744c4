/// Categories that the encoder is sure of, taken for labels: each sure image gives its category to its twin.
///
/// The consistency of twins moves both towards each other. A self-label stays where it is, and only the twin learns from it.
/// Van Gansbeke et al. (2020), SCAN, section 2.3, end their training in this way.
public struct SelfLabels: Hashable, Codable, Sendable {
  /// The weight of the twins' cross entropy, from the step on.
  public var weight: Double
  /// The step after which sure images give labels.
  public var step: Int
  /// The probability of its most probable category above which an image is sure.
  public var threshold: Double

  /// Labels with a weight, given after `step`.
  public init(weight: Double, step: Int, threshold: Double = 0.99) {
    self.weight = weight
    self.step = step
    self.threshold = threshold
  }

  /// - Throws: `ConfigurationError` naming the setting that cannot be.
  func validate() throws {
    guard weight.isFinite, weight >= 0 else {
      throw ConfigurationError("self-label weight", "\(weight)", expected: "at least 0")
    }
    guard step >= 0 else {
      throw ConfigurationError("step of self-labels", "\(step)", expected: "at least 0")
    }
    guard threshold >= 0, threshold < 1 else {
      throw ConfigurationError(
        "self-label threshold", "\(threshold)", expected: "a probability from 0 to below 1")
    }
  }
}
