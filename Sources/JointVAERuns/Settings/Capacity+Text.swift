import JointVAE

extension Capacity {
  /// The capacity as the command line gives it: `minimum,maximum,steps,weight`, such as
  /// `0,5,25000,30`, with a later rise behind it, such as `10@30000-40000`.
  public var text: String {
    "\(minimum),\(maximum),\(rampSteps),\(weight)" + (laterRise.map { ",\($0.text)" } ?? "")
  }

  /// The capacity of four numbers with commas: C's minimum and maximum in nats, the steps between
  /// them, and gamma; then, where it goes on, a second rise.
  /// - Throws: `ConfigurationError` when there are not as many numbers, or one is out of range.
  public init(text: String, name: String) throws {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let later = parts.count == 5 ? Ramp(text: parts[4]) : nil
    guard parts.count == 4 || later != nil, let minimum = Double(parts[0]),
      let maximum = Double(parts[1]), let rampSteps = Int(parts[2]), let weight = Double(parts[3])
    else {
      throw ConfigurationError(
        name, text,
        expected: "minimum,maximum,steps,weight, such as 0,5,25000,30, "
          + "and perhaps a later rise, such as 10@30000-40000")
    }
    self.init(
      minimum: minimum, maximum: maximum, rampSteps: rampSteps, weight: weight, laterRise: later)
    try validate(name: name)
  }
}
