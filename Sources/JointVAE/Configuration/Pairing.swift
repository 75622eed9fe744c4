/// Training on pairs: half of a batch are images, the other half a transformed copy of each.
///
/// Both are reconstructed as themselves. To the objective are added, for every discrete variable,
///
///     consistencyWeight * (CE(alpha, alpha') + CE(alpha', alpha)), the mean over pairs of twins
///     balanceWeight * KL(m || uniform), m being a running mean of the batches' mean alpha
///
/// where CE is the cross entropy. The first says that twins belong to the same category, the second
/// that no category may take all images: together they ask of the discrete code what labels would
/// say, as far as it can be known without them.
public struct Pairing: Hashable, Codable, Sendable {
  /// How far the copies are from their images.
  public var transformation: ImageTransformation
  /// The weight of the twins' cross entropies.
  public var consistencyWeight: Double
  /// The weight of the categories' imbalance.
  public var balanceWeight: Double
  /// What m keeps of itself from one step to the next.
  public var balanceMemory: Double
  /// Whether each twin is decoded with the other's category, so that a category can only carry what
  /// both have in common.
  public var swapsCategories: Bool

  /// Pairs under a transformation.
  public init(
    transformation: ImageTransformation = .handwriting, consistencyWeight: Double = 10,
    balanceWeight: Double = 40, balanceMemory: Double = 0.9, swapsCategories: Bool = true
  ) {
    self.transformation = transformation
    self.consistencyWeight = consistencyWeight
    self.balanceWeight = balanceWeight
    self.balanceMemory = balanceMemory
    self.swapsCategories = swapsCategories
  }

  /// - Throws: `ConfigurationError` naming the setting that cannot be.
  public func validate() throws {
    try transformation.validate()
    for (name, weight) in [
      ("consistency weight", consistencyWeight), ("balance weight", balanceWeight),
    ] where !(weight.isFinite && weight >= 0) {
      throw ConfigurationError(name, "\(weight)", expected: "at least 0")
    }
    guard balanceMemory >= 0, balanceMemory < 1 else {
      throw ConfigurationError("balance memory", "\(balanceMemory)", expected: "from 0 to below 1")
    }
  }
}
