// All rows, and those of a name.
extension SettingTable {
  /// Every row, in the order of the table. A test compares the list with the properties.
  public static let all: [AnySetting] = [
    rows.dataSet.row, rows.dataPath.row, rows.split.row, rows.limit.row, rows.validation.row,
    rows.gray.row, rows.rgb.row, rows.fit.row, rows.inversion.row, rows.values.row,
    rows.alpha.row,
    rows.classes.row, rows.shuffleSeed.row, rows.labelColumn.row, rows.isTransposed.row,
    rows.isStrict.row, rows.recipe.row,
    rows.imageSize.row, rows.network.row, rows.channels.row, rows.hidden.row,
    rows.extraConvolutions.row, rows.activation.row, rows.seed.row,
    rows.model.row, rows.beta.row, rows.sampling.row, rows.offDiagonal.row, rows.diagonal.row,
    rows.totalCorrelationWeight.row, rows.discriminatorUnits.row,
    rows.continuous.row, rows.discrete.row, rows.loss.row,
    rows.reconstructionScale.row, rows.initialOutput.row, rows.continuousCapacity.row,
    rows.discreteCapacity.row,
    rows.temperature.row, rows.epochs.row, rows.steps.row, rows.earlyStop.row, rows.batchSize.row,
    rows.optimizer.row,
    rows.learningRate.row, rows.learningRateDecay.row, rows.momentum.row, rows.adamBetas.row,
    rows.gradientClip.row, rows.lanes.row, rows.pairs.row, rows.transformationDecay.row,
    rows.neighbors.row, rows.selfLabels.row,
    rows.consistencyWeight.row, rows.balanceWeight.row, rows.swapsCategories.row,
    rows.logInterval.row, rows.checkpointInterval.row,
  ]

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The setting called `name`, if there is one.
  public static func named(_ name: String) -> AnySetting? { byName[name] }

  /// The settings that are not given beside the one called `name`.
  package static func rivals(of name: String) -> [String] {
    all.filter { $0.rival == name }.map(\.name) + [named(name)?.rival].compactMap { $0 }
  }
}
