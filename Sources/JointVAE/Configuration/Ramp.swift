/// A number that goes linearly to another one between two steps, and stays there.
public struct Ramp: Hashable, Codable, Sendable {
  /// What the number becomes.
  public var value: Double
  /// The last step at which it is still what it was.
  public var start: Int
  /// The step from which on it is `value`.
  public var end: Int

  /// A ramp to `value` from step `start` to step `end`.
  public init(to value: Double, from start: Int, through end: Int) {
    self.value = value
    self.start = start
    self.end = end
  }

  /// The number at a step, having been `before` up to `start`; `step` counts from 1.
  public func value(atStep step: Int, before: Double) -> Double {
    guard step > start else { return before }
    guard step < end else { return value }
    return before + (value - before) * Double(step - start) / Double(end - start)
  }

  /// - Throws: `ConfigurationError` when its steps are out of order.
  public func validate(name: String) throws {
    guard start >= 0, end > start else {
      throw ConfigurationError(
        "\(name) ramp", "\(start)-\(end)", expected: "two steps, the second after the first")
    }
  }
}
