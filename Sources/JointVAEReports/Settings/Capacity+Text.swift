import JointVAE

extension Capacity {
  /// The capacity as the command line gives it: `minimum,maximum,iterations,weight`, such as `0,5,25000,30`.
  public var text: String { "\(minimum),\(maximum),\(iterations),\(weight)" }

  /// The capacity of four numbers with commas: C's minimum and maximum in nats, the steps between them, and gamma.
  /// - Throws: `ConfigurationError` when there are not four numbers, or one is out of range.
  public init(text: String, name: String) throws {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 4, let minimum = Double(parts[0]), let maximum = Double(parts[1]),
      let iterations = Int(parts[2]), let weight = Double(parts[3])
    else {
      throw ConfigurationError(
        name, text, expected: "minimum,maximum,iterations,weight, such as 0,5,25000,30")
    }
    self.init(minimum: minimum, maximum: maximum, iterations: iterations, weight: weight)
    try validate(name: name)
  }
}
