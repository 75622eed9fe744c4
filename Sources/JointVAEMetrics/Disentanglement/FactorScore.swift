/// A score against known factors, by a function of the codes.
///
/// A program makes one of its own and passes it with `EvaluationOptions.scores`, or adds it to
/// `DisentanglementProtocol.scores`.
public struct FactorScore: ModelScore {
  /// Its protocol, such as `mig/locatello`.
  public let name: String
  /// What tables with little room call it.
  public let title: String
  private let compute: @Sendable (FactorCode) throws -> ScoreResult?

  /// A score.
  ///
  /// - Parameters:
  ///   - name: its protocol, such as `mig/locatello`.
  ///   - title: what tables with little room call it.
  ///   - compute: its result for one form of the codes; nil where it is not defined for that form.
  public init(
    _ name: String, title: String, compute: @escaping @Sendable (FactorCode) throws -> ScoreResult?
  ) {
    self.name = name
    self.title = title
    self.compute = compute
  }

  /// The result for one form of the codes; nil where it is not defined for that form.
  ///
  /// The name of a study stands for its numbers of images. Where there are fewer, the result's protocol says `reduced`.
  /// - Parameter code: the codes.
  /// - Throws: what the score throws.
  public func result(for code: FactorCode) throws -> ScoreResult? {
    guard var result = try compute(code) else { return nil }
    result.discreteCode = code.discreteCode
    result.title = title
    result.seed = code.counts.seed
    if let reduction = code.reduction, result.protocol.hasSuffix("/locatello") {
      result.protocol += " reduced (\(reduction))"
      result.title = "\(title) reduced"
    }
    return result
  }

  /// The first result's value.
  public func value(of images: ScoredImages) throws -> Double? {
    try results(of: images).first?.value
  }

  /// The results for all forms of the codes.
  public func results(of images: ScoredImages) throws -> [ScoreResult] {
    try images.factorCodes.compactMap { try result(for: $0) }
  }
}

extension FactorCode {
  /// `1333 + 667 images` where these are fewer than Locatello et al. (2019) use; nil for their counts.
  var reduction: String? {
    let (training, test) = (training.labels.count, test.labels.count)
    let study = DisentanglementProtocol.self
    guard training < study.publishedTrainingImages || test < study.publishedTestImages else {
      return nil
    }
    return "\(training) + \(test) images"
  }
}
