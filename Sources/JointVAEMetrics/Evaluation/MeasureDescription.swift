/// What tables and pages say of a measure: what it is called, its unit, and which value is better.
public struct MeasureDescription: Hashable, Codable, Sendable {
  /// What tells it from all others, such as `accuracy.majority`.
  public var name: String
  /// What a reader calls it, such as `Majority accuracy`.
  public var title: String
  /// The same where there is little room, such as `accuracy`.
  public var heading: String
  /// Its unit, if it has one.
  public var unit: String?
  /// Decimals to print.
  public var decimals: Int
  /// Which value is better; nil where neither is.
  public var preference: ScorePreference?
  /// Whether its values depend on the loss, so that those of different losses cannot be compared.
  public var dependsOnLoss: Bool
  /// Whether tables of many settings have a column for it.
  public var isInTables: Bool

  /// A measure.
  ///
  /// - Parameters:
  ///   - name: what tells it from all others.
  ///   - title: what a reader calls it; nil for its name.
  ///   - heading: the same where there is little room; nil for its title.
  ///   - unit: its unit.
  ///   - decimals: decimals to print.
  ///   - preference: which value is better; nil where neither is.
  ///   - dependsOnLoss: whether its values depend on the loss.
  ///   - isInTables: whether tables of many settings have a column for it.
  public init(
    _ name: String, title: String? = nil, heading: String? = nil, unit: String? = nil,
    decimals: Int = 3, preference: ScorePreference? = .larger, dependsOnLoss: Bool = false,
    isInTables: Bool = true
  ) {
    self.name = name
    self.title = title ?? name
    self.heading = heading ?? title ?? name
    self.unit = unit
    self.decimals = decimals
    self.preference = preference
    self.dependsOnLoss = dependsOnLoss
    self.isInTables = isInTables
  }

  /// Whether one column of a table holds both: those of one name, and those of one heading that tables have.
  public func isSame(as other: MeasureDescription) -> Bool {
    name == other.name || (isInTables && other.isInTables && heading == other.heading)
  }

  /// `Reconstruction loss (nats an image)`.
  public var titleWithUnit: String { unit.map { "\(title) (\($0))" } ?? title }
}
