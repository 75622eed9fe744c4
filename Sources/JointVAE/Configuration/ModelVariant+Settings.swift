// The settings of models, each nil where the model has none of the kind. To set one there changes nothing.
extension ModelVariant {
  /// What the KL of beta-VAE, or the total correlation of beta-TCVAE, is multiplied by.
  public var beta: Double? {
    get {
      switch self {
      case .betaVAE(let beta), .betaTCVAE(let beta, _): beta
      default: nil
      }
    }
    set {
      guard let newValue else { return }
      switch self {
      case .betaVAE: self = .betaVAE(beta: newValue)
      case .betaTCVAE(_, let sampling): self = .betaTCVAE(beta: newValue, sampling: sampling)
      default: break
      }
    }
  }

  /// How beta-TCVAE estimates densities.
  public var sampling: MinibatchSampling? {
    get { if case .betaTCVAE(_, let sampling) = self { sampling } else { nil } }
    set {
      guard let newValue, case .betaTCVAE(let beta, _) = self else { return }
      self = .betaTCVAE(beta: beta, sampling: newValue)
    }
  }

  /// lambda_od of DIP-VAE: the weight of the squares beside the diagonal of the covariance.
  public var offDiagonal: Double? {
    get { covarianceWeights?.offDiagonal }
    set {
      guard let newValue, let weights = covarianceWeights else { return }
      covarianceWeights = (newValue, weights.diagonal)
    }
  }

  /// lambda_d of DIP-VAE: the weight of the squared distances of the diagonal from 1.
  public var diagonal: Double? {
    get { covarianceWeights?.diagonal }
    set {
      guard let newValue, let weights = covarianceWeights else { return }
      covarianceWeights = (weights.offDiagonal, newValue)
    }
  }

  private var covarianceWeights: (offDiagonal: Double, diagonal: Double)? {
    get {
      switch self {
      case .dipVAE1(let offDiagonal, let diagonal), .dipVAE2(let offDiagonal, let diagonal):
        (offDiagonal, diagonal)
      default: nil
      }
    }
    set {
      guard let (offDiagonal, diagonal) = newValue else { return }
      switch self {
      case .dipVAE1: self = .dipVAE1(offDiagonal: offDiagonal, diagonal: diagonal)
      case .dipVAE2: self = .dipVAE2(offDiagonal: offDiagonal, diagonal: diagonal)
      default: break
      }
    }
  }

  /// gamma of FactorVAE: the weight of the total correlation.
  public var totalCorrelationWeight: Double? {
    get { if case .factorVAE(let weight, _) = self { weight } else { nil } }
    set {
      guard let newValue, case .factorVAE(_, let units) = self else { return }
      self = .factorVAE(weight: newValue, units: units)
    }
  }

  /// Units of each hidden layer of FactorVAE's discriminator.
  public var discriminatorUnits: Int? {
    get { if case .factorVAE(_, let units) = self { units } else { nil } }
    set {
      guard let newValue, case .factorVAE(let weight, _) = self else { return }
      self = .factorVAE(weight: weight, units: newValue)
    }
  }

  /// The most units of a layer of a discriminator.
  static let unitLimit = 4096

  /// - Throws: `ConfigurationError` naming the first setting that is out of range.
  func validate() throws {
    for (name, weight) in [
      ("beta", beta), ("off diagonal weight", offDiagonal), ("diagonal weight", diagonal),
      ("total correlation weight", totalCorrelationWeight),
    ] {
      guard let weight, !(weight.isFinite && weight >= 0) else { continue }
      throw ConfigurationError(name, "\(weight)", expected: "at least 0")
    }
    guard let discriminatorUnits else { return }
    guard (1...Self.unitLimit).contains(discriminatorUnits) else {
      throw ConfigurationError(
        "discriminator units", "\(discriminatorUnits)", expected: "from 1 to \(Self.unitLimit)")
    }
  }
}

extension ModelVariant: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, beta, sampling, offDiagonal, diagonal, totalCorrelationWeight, discriminatorUnits
  }

  /// Reads the name, and every setting that a model of this name has.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try values.decode(Name.self, forKey: .name))
    func read<Value: Decodable>(
      _ place: WritableKeyPath<ModelVariant, Value?>, _ key: CodingKeys
    ) throws {
      guard self[keyPath: place] != nil else { return }
      self[keyPath: place] = try values.decode(Value.self, forKey: key)
    }
    try read(\.beta, .beta)
    try read(\.sampling, .sampling)
    try read(\.offDiagonal, .offDiagonal)
    try read(\.diagonal, .diagonal)
    try read(\.totalCorrelationWeight, .totalCorrelationWeight)
    try read(\.discriminatorUnits, .discriminatorUnits)
  }

  /// Writes the name and the settings that there are.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try values.encodeIfPresent(beta, forKey: .beta)
    try values.encodeIfPresent(sampling, forKey: .sampling)
    try values.encodeIfPresent(offDiagonal, forKey: .offDiagonal)
    try values.encodeIfPresent(diagonal, forKey: .diagonal)
    try values.encodeIfPresent(totalCorrelationWeight, forKey: .totalCorrelationWeight)
    try values.encodeIfPresent(discriminatorUnits, forKey: .discriminatorUnits)
  }
}
