import JointVAE
import JointVAEKernels

/// All scores of disentanglement under the protocols of Kim and Mnih (2018) and Locatello et al.
/// (2019).
public struct DisentanglementProtocol: Hashable, Sendable {
  /// Images that MIG and modularity are computed from, and that the classifiers of SAP and DCI are
  /// trained on. A smaller data set is divided between training and test in the same proportion;
  /// the counts of a score show how.
  public var trainingImages = 10_000
  /// Other images, on which those classifiers are tested.
  public var testImages = 5_000
  /// FactorVAE scores to compute.
  public var factorVAE = [FactorVAEProtocol.kim2018, .locatello]
  /// Counts of the beta-VAE score.
  public var betaVAE = BetaVAEScore.Counts.locatello
  /// The seed of all that is drawn.
  public var seed: UInt64 = 0

  /// The published counts.
  public init() {}
}

extension DisentanglementProtocol {
  /// All scores of a model's latents on images with known factors; with discrete variables, first
  /// as categories and then one-hot.
  ///
  /// - Parameters:
  ///   - encoding: of the images.
  ///   - labels: what they were made from.
  ///   - threads: do not change the results.
  /// - Throws: `MetricError` when there is no image, the two differ in length or no factor varies;
  ///   `ConfigurationError` for a count that cannot be.
  public func scores(
    of encoding: Encoding, labels: FactorLabels, threads: Int = 1
  ) throws -> [DisentanglementScore] {
    let measurement = encoding.meanDivergences
    let active = (measurement.continuous + measurement.discrete)
      .map { $0 > LossTerms.activityThreshold }
    let table = try FactorTable(
      representation: Representation(encoding, discrete: .category), labels: labels)
    return try scores(table, active: active, threads: threads)
  }

  /// All scores of a representation; with variables of categories, first as such and then one-hot.
  ///
  /// - Parameters:
  ///   - table: the representation of every image, with its factors.
  ///   - active: for each variable whether the model uses it; nil to judge by its deviation.
  ///   - threads: do not change the results.
  /// - Throws: as `scores(of:labels:threads:)`.
  public func scores(
    _ table: FactorTable, active: [Bool]? = nil, threads: Int = 1
  ) throws -> [DisentanglementScore] {
    let origins = table.representation.oneHotOrigins
    guard table.representation.columns.contains(where: { $0.categories != nil }) else {
      return try scores(table, active, importances: nil, threads: threads)
    }
    let oneHot = try FactorTable(
      representation: table.representation.oneHot, labels: table.labels)
    let draws = try imageDraws(oneHot)
    let importances = try DCIScore.importances(
      training: draws.training, test: draws.test, threads: threads)
    let spread = active.map { marks in
      zip(marks, origins).flatMap { Array(repeating: $0, count: $1.count) }
    }
    let codes: [(DiscreteCode, FactorTable, [Bool]?, FactorImportances)] = [
      (.category, table, active, importances.grouped(origins)),
      (.oneHot, oneHot, spread, importances),
    ]
    return try codes.flatMap { code, table, active, importances in
      try scores(table, active, importances: importances, threads: threads).map {
        var score = $0
        score.discreteCode = code
        return score
      }
    }
  }

  private func scores(
    _ table: FactorTable, _ active: [Bool]?, importances: FactorImportances?, threads: Int
  ) throws -> [DisentanglementScore] {
    let draws = try imageDraws(table)
    let importances =
      try importances
      ?? DCIScore.importances(training: draws.training, test: draws.test, threads: threads)
    let voting =
      try factorVAE.map {
        // Locatello et al. leave out latents by their deviation alone.
        let isOwn = $0.name == FactorVAEProtocol.locatello.name
        return try FactorVAEScore.score(
          table, protocol: $0, active: isOwn ? nil : active, seed: seed)
      } + [BetaVAEScore.score(table, counts: betaVAE, seed: seed)]
    let drawn = [
      try MutualInformationGap.score(draws.training.representation, draws.training.labels),
      try SAPScore.score(training: draws.training, test: draws.test),
      DCIScore.score(importances, training: draws.training, test: draws.test),
      try ModularityScore.score(draws.training.representation, draws.training.labels),
      try InfoMECScore.score(training: draws.training, test: draws.test),
      try IRSScore.score(draws.training.representation, draws.training.labels),
    ].map { score in
      var score = score
      score.seed = seed
      return score
    }
    return voting + drawn
  }

  /// The same images for every code of the same table.
  private func imageDraws(_ table: FactorTable) throws -> (training: FactorDraw, test: FactorDraw) {
    try checkCount(trainingImages, "training images", 1)
    try checkCount(testImages, "test images", 1)
    var random = RandomSequence(seed: seed)
    return try table.split(training: trainingImages, test: testImages, random: &random)
  }
}
