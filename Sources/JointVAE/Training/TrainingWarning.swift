/// Something about a run that its owner should know before it ends.
public enum TrainingWarning: Hashable, Sendable, CustomStringConvertible {
  /// No image of an epoch took these categories of discrete variable `variable`.
  case unusedCategories(variable: Int, categories: [Int], epoch: Int)
  /// A KL has been more than 1 nat away from its capacity for many steps.
  case capacityMissed(LatentKind, divergence: Double, capacity: Double, steps: Int, step: Int)
  /// The latents carry next to nothing, so every reconstruction is the same.
  case collapsed(divergence: Double, capacity: Double, epoch: Int)

  /// Continuous or discrete variables.
  public enum LatentKind: String, Hashable, Sendable {
    /// z.
    case continuous
    /// c.
    case discrete
  }

  /// The observation, its likely cause and what to try.
  public var description: String {
    switch self {
    case .unusedCategories(let variable, let categories, let epoch):
      let list = categories.map(String.init).joined(separator: ", ")
      return "epoch \(epoch): no image takes "
        + (categories.count == 1 ? "category \(list)" : "categories \(list)")
        + " of c\(variable); try fewer categories, another seed or a larger discrete capacity weight"
    case .capacityMissed(let kind, let divergence, let capacity, let steps, let step):
      return
        "step \(step): the KL of the \(kind.rawValue) latents, \(rounded(divergence)) nats, has been more than "
        + "1 nat from its capacity, \(rounded(capacity)), for \(steps) steps; "
        + (divergence < capacity
          ? "try a larger capacity weight or a smaller capacity"
          : "try a larger capacity weight")
    case .collapsed(let divergence, let capacity, let epoch):
      return
        "epoch \(epoch): the run has collapsed: all latents together carry \(rounded(divergence)) of "
        + "\(rounded(capacity)) nats, so every reconstruction looks the same; try another seed, "
        + "a lower learning rate or larger capacity weights"
    }
  }
}

/// Two decimals, without Foundation's formatter.
func rounded(_ value: Double) -> String {
  let hundredths = (abs(value) * 100).rounded()
  guard hundredths < 1e15 else { return "\(value)" }
  let whole = Int(hundredths)
  let fraction = whole % 100
  return "\(value < 0 && whole > 0 ? "-" : "")\(whole / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}
