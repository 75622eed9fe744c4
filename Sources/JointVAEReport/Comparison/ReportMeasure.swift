import JointVAEMetrics

/// A measure of `SeedSummary` as a report shows it.
struct ReportMeasure: Hashable, Sendable {
  /// Which of two values is the better one.
  enum Preference: Hashable, Sendable {
    /// The larger.
    case larger
    /// The smaller.
    case smaller
    /// Neither.
    case none
  }

  /// Its key in `SeedSummary`.
  var key: String
  /// What a reader calls it.
  var title: String
  /// Its unit, if it has one.
  var unit: String?
  /// Decimals.
  var digits = 3
  /// Which value is better.
  var preference = Preference.larger
  /// Whether its values depend on the loss, so that those of different losses cannot be compared.
  var dependsOnLoss = false

  /// The share of images whose category's majority class is theirs.
  static let majorityAccuracy = ReportMeasure(key: "accuracy.majority", title: "Majority accuracy")

  private static let known = [
    majorityAccuracy,
    ReportMeasure(key: "accuracy.oneToOne", title: "One-to-one accuracy"),
    ReportMeasure(
      key: "accuracy.normalizedMutualInformation", title: "Normalized mutual information"),
    ReportMeasure(key: "accuracy.adjustedRandIndex", title: "Adjusted Rand index"),
    ReportMeasure(
      key: "reconstruction", title: "Reconstruction loss", unit: "nats an image", digits: 2,
      preference: .smaller, dependsOnLoss: true),
    ReportMeasure(
      key: "kl.continuous", title: "KL of z", unit: "nats", digits: 2, preference: .none),
    ReportMeasure(
      key: "kl.discrete", title: "KL of c", unit: "nats", digits: 2, preference: .none),
    ReportMeasure(
      key: "activeUnits", title: "Dimensions with a KL above 0.1", digits: 1, preference: .none),
    ReportMeasure(key: "likelihood.elbo", title: "ELBO", unit: "nats an image", digits: 2),
    ReportMeasure(
      key: "likelihood.bound", title: "Importance-weighted bound", unit: "nats an image", digits: 2),
  ]

  /// The measure that `key` names; a score against known factors is called by its protocol.
  init(key: String) {
    self = Self.known.first { $0.key == key } ?? ReportMeasure(key: key, title: key)
  }

  /// `Accuracy (unit)`.
  var heading: String { unit.map { "\(title) (\($0))" } ?? title }

  private init(
    key: String, title: String, unit: String? = nil, digits: Int = 3,
    preference: Preference = .larger, dependsOnLoss: Bool = false
  ) {
    self.key = key
    self.title = title
    self.unit = unit
    self.digits = digits
    self.preference = preference
    self.dependsOnLoss = dependsOnLoss
  }
}
