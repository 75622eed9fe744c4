extension Evaluation {
  /// A measure with its value.
  typealias MeasuredValue = (description: MeasureDescription, value: Double)

  /// Every number that can be compared between models, in the order of tables. Summaries over seeds, experiments' tables and
  /// pages derive from this list.
  var measures: [MeasuredValue] {
    Self.own.compactMap { measure in measure.value(self).map { (measure.description, $0) } }
      + (disentanglement + (scores ?? [])).map { (MeasureDescription(of: $0), $0.value) }
  }

  private static let own: [(description: MeasureDescription, value: @Sendable (Self) -> Double?)] =
    [
      (MeasureDescription.majorityAccuracy, { $0.accuracy?.majority }),
      (
        MeasureDescription(
          "accuracy.oneToOne", title: "One-to-one accuracy", heading: "one to one"),
        { $0.accuracy?.oneToOne }
      ),
      (
        MeasureDescription(
          "accuracy.normalizedMutualInformation", title: "Normalized mutual information",
          heading: "NMI"),
        { $0.accuracy?.normalizedMutualInformation }
      ),
      (
        MeasureDescription(
          "accuracy.adjustedRandIndex", title: "Adjusted Rand index", isInTables: false),
        { $0.accuracy?.adjustedRandIndex }
      ),
      (
        MeasureDescription(
          "kMeans.majority", title: "Majority accuracy of k-means on the pixels", isInTables: false),
        { $0.kMeans?.majority }
      ),
      (
        MeasureDescription(
          "kMeans.oneToOne", title: "One-to-one accuracy of k-means on the pixels",
          isInTables: false),
        { $0.kMeans?.oneToOne }
      ),
      (
        MeasureDescription(
          "merged.majority", title: "Majority accuracy of merged categories",
          heading: "merged accuracy"),
        { $0.merged?.accuracy?.majority }
      ),
      (
        MeasureDescription(
          "merged.oneToOne", title: "One-to-one accuracy of merged categories",
          heading: "merged one to one"),
        { $0.merged?.accuracy?.oneToOne }
      ),
      (
        MeasureDescription(
          "calibration.expectedError", title: "Expected calibration error", preference: .smaller,
          isInTables: false),
        { $0.calibration?.expectedError }
      ),
      (
        MeasureDescription(
          "reconstruction", title: "Reconstruction loss", heading: "reconstruction",
          unit: "nats an image", decimals: 2, preference: .smaller, dependsOnLoss: true),
        { $0.reconstruction }
      ),
      (
        MeasureDescription(
          "kl.continuous", title: "KL of z", heading: "KL_z", unit: "nats", decimals: 2,
          preference: nil),
        { $0.kl.continuous }
      ),
      (
        MeasureDescription(
          "kl.discrete", title: "KL of c", heading: "KL_c", unit: "nats", decimals: 2,
          preference: nil),
        { $0.kl.discrete }
      ),
      (
        MeasureDescription(
          "activeUnits", title: "Dimensions with a KL above 0.1", heading: "active", decimals: 1,
          preference: nil),
        { Double($0.activeUnits) }
      ),
      (
        MeasureDescription(
          "likelihood.elbo", title: "ELBO", unit: "nats an image", decimals: 2, isInTables: false),
        { $0.likelihood?.elbo }
      ),
      (
        MeasureDescription(
          "likelihood.bound", title: "Importance-weighted bound", unit: "nats an image",
          decimals: 2, isInTables: false),
        { $0.likelihood.flatMap { $0.samples > 1 ? $0.bound : nil } }
      ),
    ]
}

extension MeasureDescription {
  /// The share of images whose category's majority class is theirs.
  public static let majorityAccuracy = MeasureDescription(
    "accuracy.majority", title: "Majority accuracy", heading: "accuracy")

  /// A score as pages call it, by its protocol. Tables leave out what is scored one-hot besides.
  init(of score: ScoreResult) {
    self.init(
      score.key, heading: score.title ?? score.protocol, preference: score.preference,
      isInTables: score.discreteCode != .oneHot)
  }
}
