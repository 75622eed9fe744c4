import JointVAE
import JointVAEKernels

/// All scores of disentanglement, with the counts of Kim and Mnih (2018) and Locatello et al. (2019).
public struct DisentanglementProtocol: Sendable {
  /// Images that classifiers learn from in Locatello et al. (2019).
  public static let publishedTrainingImages = 10_000
  /// Other images that they are tested on there.
  public static let publishedTestImages = 5_000

  /// Images that MIG and modularity are computed from, and that the classifiers of SAP and DCI are
  /// trained on. A smaller data set is divided between training and test in the same proportion;
  /// the protocol of a score then says so.
  public var trainingImages = publishedTrainingImages
  /// Other images, on which those classifiers are tested.
  public var testImages = publishedTestImages
  /// FactorVAE scores to compute.
  public var factorVAE = [FactorVAEProtocol.kim2018, .locatello]
  /// Counts of the beta-VAE score.
  public var betaVAE = BetaVAEScore.Counts.locatello
  /// The seed of all that is drawn.
  public var seed: UInt64 = 0
  /// Scores that are computed besides the package's own.
  public var additional: [FactorScore] = []

  /// The published counts.
  public init() {}

  /// Images that the published counts need.
  public var imageCount: Int { trainingImages + testImages }
}

extension DisentanglementProtocol {
  /// Every score, in the order of tables. To add one to the package, add a line here.
  public var scores: [FactorScore] {
    factorVAE.map { counts in
      FactorScore(counts.name, title: counts.title) { code in
        // Locatello et al. leave out latents by their deviation alone.
        let isOwn = counts.name == FactorVAEProtocol.locatello.name
        return try FactorVAEScore.score(
          code.table, protocol: counts, active: isOwn ? nil : code.active, seed: code.counts.seed)
      }
    } + [
      FactorScore("beta-vae/locatello", title: "beta-VAE") { code in
        try BetaVAEScore.score(code.table, counts: code.counts.betaVAE, seed: code.counts.seed)
      },
      FactorScore("mig/locatello", title: "MIG") { code in
        try MutualInformationGap.score(code.training.representation, code.training.labels)
      },
      FactorScore("mig/chen", title: "MIG (Chen)") { try SampledInformationGap.score($0) },
      FactorScore("mig/chen without class", title: "MIG (Chen), no class") {
        try SampledInformationGap.score($0, includesClass: false)
      },
      FactorScore("sap/locatello", title: "SAP") { code in
        try SAPScore.score(training: code.training, test: code.test)
      },
      FactorScore("dci/locatello", title: "DCI") { code in
        DCIScore.score(try code.importances(), training: code.training, test: code.test)
      },
      FactorScore("med/cao", title: "MED") { code in
        try MEDScore.score(code.training.representation, code.training.labels)
      },
      FactorScore("modularity/locatello", title: "modularity") { code in
        try ModularityScore.score(code.training.representation, code.training.labels)
      },
      FactorScore("infomec/histogram", title: "InfoM") { code in
        try InfoMECScore.score(training: code.training, test: code.test)
      },
      FactorScore("irs/locatello", title: "IRS") { code in
        try IRSScore.score(code.training.representation, code.training.labels)
      },
    ] + additional
  }

  /// All scores of a model's latents on images with known factors; with discrete variables, first
  /// as categories and then one-hot.
  ///
  /// - Parameters:
  ///   - encoding: of the images.
  ///   - labels: what they were made from.
  ///   - classes: the class of each image, where it is known: one factor may be the same.
  ///   - threads: do not change the results.
  /// - Throws: `MetricError` when there is no image, the two differ in length or no factor varies;
  ///   `ConfigurationError` for a count that cannot be.
  public func scores(
    of encoding: Encoding, labels: FactorLabels, classes: [Int]? = nil, threads: Int = 1
  ) throws -> [ScoreResult] {
    try scores(of: forms(of: encoding, labels: labels, classes: classes, threads: threads))
  }

  /// All scores of a representation; with variables of categories, first as such and then one-hot.
  ///
  /// - Parameters:
  ///   - table: the representation of every image, with its factors.
  ///   - active: for each variable whether the model uses it; nil to judge by its deviation.
  ///   - threads: do not change the results.
  /// - Throws: as `scores(of:labels:classes:threads:)`.
  public func scores(
    _ table: FactorTable, active: [Bool]? = nil, threads: Int = 1
  ) throws -> [ScoreResult] {
    try scores(of: forms(of: table, active: active, threads: threads))
  }

  /// The forms of a table that scores compute from.
  ///
  /// - Parameters:
  ///   - table: the representation of every image, with its factors.
  ///   - active: for each variable whether the model uses it; nil to judge by its deviation.
  ///   - threads: do not change the results.
  /// - Throws: as `scores(of:labels:classes:threads:)`.
  public func forms(
    of table: FactorTable, active: [Bool]? = nil, threads: Int = 1
  ) throws -> [FactorCode] {
    try FactorCode.forms(of: table, active: active, counts: self, threads: threads)
  }

  /// All scores of the forms of a model's codes.
  func scores(of codes: [FactorCode]) throws -> [ScoreResult] {
    let scores = scores
    return try codes.flatMap { code in try scores.compactMap { try $0.result(for: code) } }
  }

  /// The forms of a model's codes that scores compute from: with discrete variables, first as categories and then one-hot.
  ///
  /// - Parameters:
  ///   - encoding: of the images.
  ///   - labels: what they were made from.
  ///   - classes: the class of each image, where it is known: one factor may be the same.
  ///   - threads: do not change the results.
  /// - Throws: as `scores(of:labels:classes:threads:)`.
  public func forms(
    of encoding: Encoding, labels: FactorLabels, classes: [Int]? = nil, threads: Int = 1
  ) throws -> [FactorCode] {
    let divergences = encoding.meanDivergences
    let active = (divergences.continuous + divergences.discrete)
      .map { $0 > LossTerms.activityThreshold }
    let table = try FactorTable(
      representation: Representation(encoding, discrete: .category), labels: labels)
    return try FactorCode.forms(
      of: table, active: active, posterior: encoding, classes: classes, counts: self,
      threads: threads)
  }

  /// The images that classifiers learn from, and others to test them.
  func rows(of table: FactorTable) throws -> (training: [Int], test: [Int]) {
    try checkCount(trainingImages, "training images", 1)
    try checkCount(testImages, "test images", 1)
    var random = RandomSequence(seed: seed)
    return try DisjointRows.draw(
      training: trainingImages, test: testImages, of: table.labels.count, random: &random)
  }
}
