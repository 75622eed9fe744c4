import JointVAEFiles

/// Something about a run that its owner should know before it ends.
public enum TrainingWarning: Hashable, Sendable, CustomStringConvertible {
  /// No image of an epoch took these categories of discrete variable `variable`.
  case unusedCategories(variable: Int, categories: [Int], epoch: Int)
  /// A KL has been more than 1 nat away from its capacity for many steps.
  case capacityMissed(LatentKind, divergence: Double, capacity: Double, steps: Int, step: Int)
  /// The latents carry next to nothing, so every reconstruction is the same.
  ///
  /// They may have a large KL nevertheless, when the posterior is far from the prior for every image alike.
  case collapsed(information: Double, divergence: Double, capacity: Double, epoch: Int)

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
        "step \(step): the KL of the \(kind.rawValue) latents, \(NumberText.decimal(divergence, 2)) nats, has been more than "
        + "1 nat from its capacity, \(NumberText.decimal(capacity, 2)), for \(steps) steps; "
        + (divergence < capacity
          ? "try a larger capacity weight or a smaller capacity"
          : "try a larger capacity weight")
    case .collapsed(let information, let divergence, let capacity, let epoch):
      return
        "epoch \(epoch): the run has collapsed so far: all latents together carry at most "
        + "\(NumberText.decimal(information, 2)) nats about the images (KL \(NumberText.decimal(divergence, 2)), capacity "
        + "\(NumberText.decimal(capacity, 2))), so every reconstruction looks the same; train longer, or try another "
        + "seed or a lower learning rate"
    }
  }
}
