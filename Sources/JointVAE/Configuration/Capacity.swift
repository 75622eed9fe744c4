/// A channel capacity C, in nats, that grows with the steps, and the weight that ties a KL divergence to it.
///
/// The paper's objective (Dupont 2018, equation 7) adds `gamma |C - KL|` for z and for c.
public struct Capacity: Hashable, Codable, Sendable {
  /// C at step 0, in nats.
  public var minimum: Double
  /// C from step `rampSteps` on, in nats.
  public var maximum: Double
  /// Steps over which C grows linearly.
  public var rampSteps: Int
  /// The weight gamma of `|C - KL|`.
  public var weight: Double
  /// A second rise, after the first one; nil for none.
  public var laterRise: Ramp?

  /// Files say `iterations`, as the reference's do.
  private enum CodingKeys: String, CodingKey {
    case minimum, maximum, weight, laterRise
    case rampSteps = "iterations"
  }

  /// A capacity that grows from `minimum` to `maximum` nats in `rampSteps` steps.
  public init(
    minimum: Double = 0, maximum: Double, rampSteps: Int, weight: Double, laterRise: Ramp? = nil
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.rampSteps = rampSteps
    self.weight = weight
    self.laterRise = laterRise
  }

  /// C at the end, in nats.
  public var final: Double { laterRise?.value ?? maximum }

  /// `C(t) = min(C_max, C_min + (C_max - C_min) t / rampSteps)`, in nats, and then what the later
  /// rise makes of it; `step` t counts from 1.
  ///
  /// - Parameters:
  ///   - step: counted from 1.
  ///   - ceiling: the largest KL there can be; `sum log K` for discrete variables.
  public func value(atStep step: Int, ceiling: Double = .infinity) -> Double {
    let grown = minimum + (maximum - minimum) * Double(step) / Double(rampSteps)
    let value = min(grown, maximum)
    return min(laterRise?.value(atStep: step, before: value) ?? value, ceiling)
  }

  /// - Throws: `ConfigurationError` naming the part that is negative, not finite or out of order.
  public func validate(name: String) throws {
    guard minimum.isFinite, minimum >= 0 else {
      throw ConfigurationError("\(name) minimum", "\(minimum)", expected: "at least 0 nats")
    }
    guard maximum.isFinite, maximum >= minimum else {
      throw ConfigurationError(
        "\(name) maximum", "\(maximum)", expected: "at least the minimum, \(minimum) nats")
    }
    guard rampSteps >= 1 else {
      throw ConfigurationError("\(name) steps", "\(rampSteps)", expected: "at least 1 step")
    }
    guard weight.isFinite, weight >= 0 else {
      throw ConfigurationError("\(name) weight", "\(weight)", expected: "at least 0")
    }
    guard let laterRise else { return }
    try laterRise.validate(name: name)
    guard laterRise.value.isFinite, laterRise.value >= maximum else {
      throw ConfigurationError(
        "\(name) later rise", "\(laterRise.value)",
        expected: "at least the maximum, \(maximum) nats")
    }
    guard laterRise.start >= rampSteps else {
      throw ConfigurationError(
        "\(name) later rise", "from step \(laterRise.start)",
        expected: "one that begins when the first has ended, at step \(rampSteps)")
    }
  }
}
