import JointVAE

/// A category of one discrete variable, as a user picks it.
public struct CategoryChoice: Hashable, Sendable {
  /// The number of the discrete variable, from 0.
  public var variable: Int
  /// The category, from 0.
  public var category: Int

  /// Category `category` of discrete variable `variable`.
  public init(variable: Int, category: Int) {
    self.variable = variable
    self.category = category
  }

  /// The categories of `choices` by variable, for `JointVAEModel.sample`.
  /// - Throws: `ConfigurationError` when `latents` has no such variable or category, or a variable is chosen twice.
  public static func table(
    of choices: [CategoryChoice], in latents: LatentSpec
  ) throws -> [Int: Int] {
    var table: [Int: Int] = [:]
    for choice in choices {
      guard latents.discrete.indices.contains(choice.variable) else {
        throw ConfigurationError(
          "discrete variable", "\(choice.variable)",
          expected: latents.discrete.isEmpty
            ? "none; this model has no discrete variables"
            : "a number from 0 to \(latents.discrete.count - 1)")
      }
      let count = latents.discrete[choice.variable]
      guard (0..<count).contains(choice.category) else {
        throw ConfigurationError(
          "category", "\(choice.category)",
          expected: "one of c\(choice.variable)'s, from 0 to \(count - 1)")
      }
      guard table.updateValue(choice.category, forKey: choice.variable) == nil else {
        throw ConfigurationError(
          "category", "\(choice.category)", expected: "one for c\(choice.variable), not two")
      }
    }
    return table
  }
}
