/// Training on pairs: half of a batch are images, the other half a transformed copy of each.
///
/// Both are reconstructed as themselves. To the objective are added, for every discrete variable,
///
///     consistencyWeight * (CE(alpha, alpha') + CE(alpha', alpha)), the mean over pairs of twins
///     balanceWeight * KL(m || uniform), m being a running mean of the batches' mean alpha
///
/// where CE is the cross entropy. The first asks that twins belong to the same category, the second
/// that no category may take all images: together they ask of the discrete code what labels would
/// say, as far as it can be known without them.
public struct Pairing: Hashable, Codable, Sendable {
  /// How far the copies are from their images.
  public var transformation: ImageTransformation
  /// The share of `transformation` that is left at the end, when categories are found and pictures are
  /// to become those of the data set; nil for all.
  public var transformationDecay: Ramp?
  /// The weight of the twins' cross entropies.
  public var consistencyWeight: Double
  /// The weight of the categories' imbalance.
  ///
  /// It should exceed the weight gamma of c's capacity and twice the consistency's: both reward every
  /// image for being sure of its category, and all images can be sure of the same one.
  public var balanceWeight: Double
  /// What m keeps of itself from one step to the next.
  public var balanceMemory: Double
  /// Whether each twin is decoded with the other's category, so that a category can only carry what
  /// both have in common.
  public var swapsCategories: Bool

  /// Twins that are other images like an image; nil for copies alone.
  public var neighbors: NeighborTwins?

  /// Categories of sure images as labels of their twins; nil for none.
  public var selfLabels: SelfLabels?

  /// Pairs under a transformation.
  public init(
    transformation: ImageTransformation = .handwriting, transformationDecay: Ramp? = nil,
    consistencyWeight: Double = 10, balanceWeight: Double = 60, balanceMemory: Double = 0.9,
    swapsCategories: Bool = true, neighbors: NeighborTwins? = nil, selfLabels: SelfLabels? = nil
  ) {
    self.transformation = transformation
    self.transformationDecay = transformationDecay
    self.consistencyWeight = consistencyWeight
    self.balanceWeight = balanceWeight
    self.balanceMemory = balanceMemory
    self.swapsCategories = swapsCategories
    self.neighbors = neighbors
    self.selfLabels = selfLabels
  }

  /// The transformation of the twins of a step, counted from 1.
  public func transformation(atStep step: Int) -> ImageTransformation {
    guard let transformationDecay, step > transformationDecay.start else { return transformation }
    return transformation.scaled(by: transformationDecay.value(atStep: step, before: 1))
  }

  /// - Throws: `ConfigurationError` naming the setting that cannot be.
  public func validate() throws {
    try transformation.validate()
    if let transformationDecay {
      try transformationDecay.validate(name: "transformation decay")
      guard transformationDecay.value >= 0, transformationDecay.value <= 1 else {
        throw ConfigurationError(
          "transformation decay", "\(transformationDecay.value)",
          expected: "a share from 0 to 1")
      }
    }
    for (name, weight) in [
      ("consistency weight", consistencyWeight), ("balance weight", balanceWeight),
    ] where !(weight.isFinite && weight >= 0) {
      throw ConfigurationError(name, "\(weight)", expected: "at least 0")
    }
    try neighbors?.validate()
    try selfLabels?.validate()
    guard balanceMemory >= 0, balanceMemory < 1 else {
      throw ConfigurationError("balance memory", "\(balanceMemory)", expected: "from 0 to below 1")
    }
  }
}
