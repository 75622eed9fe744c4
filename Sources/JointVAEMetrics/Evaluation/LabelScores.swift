/// How well one discrete variable agrees with the labels of a data set.
public struct LabelScores: Hashable, Codable, Sendable {
  /// The number of the discrete variable.
  public var variable: Int
  /// Accuracy with each category taken for the class most of its images have.
  public var majority: Double
  /// Accuracy with the best map of categories to classes of their own.
  public var oneToOne: Double
  /// Mutual information over the arithmetic mean of the entropies.
  public var normalizedMutualInformation: Double
  /// Agreement of pairs, corrected for chance.
  public var adjustedRandIndex: Double
  /// For each category its majority class; nil where no image has it.
  public var majorityMap: [Int?]
  /// For each category the class of the one-to-one map; nil where there are more categories than
  /// classes.
  public var oneToOneMap: [Int?]
  /// Images by class and category.
  public var confusion: ConfusionMatrix

  /// The scores of a confusion matrix.
  public init(variable: Int, confusion: ConfusionMatrix) {
    self.variable = variable
    majority = confusion.majorityAccuracy
    oneToOne = confusion.oneToOneAccuracy
    normalizedMutualInformation = confusion.normalizedMutualInformation
    adjustedRandIndex = confusion.adjustedRandIndex
    majorityMap = confusion.majorityMap
    oneToOneMap = confusion.oneToOneMap
    self.confusion = confusion
  }
}
