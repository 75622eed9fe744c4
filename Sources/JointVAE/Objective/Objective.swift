/// What training minimizes: the reconstruction loss and the terms of a configuration, and terms of the program's own.
///
/// JointVAE's is `reconstruction + gamma_z |C_z - KL_z| + gamma_c |C_c - KL_c|` (Dupont 2018, equation 7), in nats an image.
/// What is minimized is that divided by the number of pixels, as in the reference, which matters to Adam's epsilon.
public struct Objective: Sendable {
  /// The settings it is made of.
  public let configuration: TrainingConfiguration
  let divergenceTerms: [any DivergenceTerm]
  /// As they were before the first step; a trainer keeps its own, which may change.
  let latentTerms: [any LatentTerm]
  /// The names of all terms, in the order of their measurements.
  public let terms: [Column]

  /// A term, as far as logs have to know it before the first step.
  public struct Column: Hashable, Sendable {
    /// The term's name.
    public var name: String
    /// Whose divergence it measures the target of; nil when it measures its value.
    public var target: LatentKind?
    /// Whether the program added the term to those of the configuration.
    public var isAdditional: Bool
  }

  /// The objective of a configuration.
  ///
  /// - Parameters:
  ///   - configuration: the losses, their weights and their capacities.
  ///   - additionalTerms: what to add to the terms of the configuration.
  /// - Throws: `ConfigurationError` for a name that another term has or that cannot name a column, and for a term that is
  ///   neither a `DivergenceTerm` nor a `LatentTerm`.
  public init(
    _ configuration: TrainingConfiguration, additionalTerms: [any ObjectiveTerm]
  ) throws {
    self.init(configuration, checked: additionalTerms)
    var names: Set<String> = []
    for term in terms {
      guard !term.name.isEmpty, term.name.utf8.allSatisfy(Self.isNameByte) else {
        throw ConfigurationError(
          "term of the objective", "\"\(term.name)\"",
          expected: "a name of lowercase letters, digits and underscores")
      }
      guard names.insert(term.name).inserted else {
        throw ConfigurationError(
          "term of the objective", term.name, expected: "a name that no other term has")
      }
    }
    for term in additionalTerms where !(term is any DivergenceTerm || term is any LatentTerm) {
      throw ConfigurationError(
        "term of the objective", term.name, expected: "a DivergenceTerm or a LatentTerm")
    }
  }

  /// The objective of a configuration without other terms.
  public init(_ configuration: TrainingConfiguration) { self.init(configuration, checked: []) }

  private init(_ configuration: TrainingConfiguration, checked additional: [any ObjectiveTerm]) {
    self.configuration = configuration
    let own = Self.terms(of: configuration)
    let all = own + additional
    divergenceTerms = all.compactMap { $0 as? any DivergenceTerm }
    latentTerms = all.compactMap { $0 as? any LatentTerm }
    let names = Set(own.map(\.name))
    terms =
      divergenceTerms.map {
        Column(
          name: $0.name, target: $0.target(atStep: 1)?.kind, isAdditional: !names.contains($0.name))
      }
      + latentTerms.map {
        Column(name: $0.name, target: nil, isAdditional: !names.contains($0.name))
      }
  }

  /// The terms that a configuration asks for.
  private static func terms(of configuration: TrainingConfiguration) -> [any ObjectiveTerm] {
    var terms = configuration.model.terms(configuration)
    if let pairing = configuration.pairing {
      terms.append(ConsistencyTerm(weight: pairing.consistencyWeight))
      terms.append(
        BalanceTerm(
          configuration.latents, weight: pairing.balanceWeight, memory: pairing.balanceMemory))
      if let labels = pairing.selfLabels { terms.append(SelfLabelTerm(labels)) }
    }
    return terms
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private var latents: LatentSpec { configuration.latents }
  /// What the loss is divided by.
  var pixels: Double { Double(configuration.imageShape.pixelCount) }

  /// What the mean reconstruction loss of a value is multiplied by.
  private var reconstructionFactor: Double {
    switch configuration.reconstruction.scale {
    case .reference: pixels
    case .sum: Double(configuration.imageShape.valueCount)
    }
  }

  /// The KL that a divergence is drawn to at a step, in nats: C_z or C_c; nil when no term has one.
  public func target(of kind: LatentKind, atStep step: Int) -> Double? {
    divergenceTerms.lazy.compactMap { $0.target(atStep: step) }.first { $0.kind == kind }?.nats
  }

  /// The targets at a step, of the terms that have one.
  func targets(atStep step: Int) -> [TermMeasurement] {
    divergenceTerms.compactMap { term in
      term.target(atStep: step).map {
        TermMeasurement(name: term.name, value: $0.nats, target: $0.kind)
      }
    }
  }

  /// The loss terms of a batch at a step, from sums over its samples, and the derivatives of what is minimized by the KL
  /// of z and of c of one sample.
  ///
  /// - Parameters:
  ///   - reconstruction: the sum of the loss of every value.
  ///   - divergences: for every z the sum of its KL, then for every c the sum of sum alpha log alpha.
  ///   - latentValues: the value of every latent term; empty where these do not count.
  func evaluate(
    reconstruction: Double, divergences: [Double], latentValues: [Double] = [], samples: Int,
    step: Int
  ) -> (terms: LossTerms, slopes: TotalDivergences) {
    let count = Double(samples)
    let continuous = divergences.prefix(latents.continuous).map { $0 / count }
    let discrete = zip(latents.discrete, divergences.dropFirst(latents.continuous)).map {
      logarithm($0) + $1 / count
    }
    var terms = LossTerms(
      reconstruction: reconstruction / (count * Double(configuration.imageShape.valueCount))
        * reconstructionFactor,
      continuousKLs: continuous, discreteKLs: discrete)
    terms.loss = terms.reconstruction
    let totals = terms.divergences
    var slopes = TotalDivergences(continuous: 0, discrete: 0)
    for term in divergenceTerms {
      let weight = term.weight(atStep: step)
      let result = term.evaluate(totals, step: step)
      terms.loss += weight * result.value
      slopes.continuous += weight * result.slopes.continuous
      slopes.discrete += weight * result.slopes.discrete
      let target = term.target(atStep: step)
      terms.measurements.append(
        TermMeasurement(
          name: term.name, value: target?.nats ?? result.value, target: target?.kind))
    }
    terms.loss += zip(latentTerms, latentValues).reduce(0) {
      $0 + $1.0.weight(atStep: step) * $1.1
    }
    terms.measurements += zip(latentTerms, latentValues).map {
      TermMeasurement(name: $0.name, value: $1)
    }
    slopes.continuous /= count * pixels
    slopes.discrete /= count * pixels
    return (terms, slopes)
  }

  /// The derivative of what is minimized by the loss of one value of a batch.
  func reconstructionSlope(samples: Int) -> Double {
    reconstructionFactor / (Double(samples) * Double(configuration.imageShape.valueCount) * pixels)
  }
}

extension [any LatentTerm] {
  /// The value of every term, and the sum of their weighted derivatives.
  ///
  /// - Returns: as well the name of the first term with a value or derivative that is not finite; nil when all are.
  mutating func evaluate(
    _ batch: LatentBatch
  ) -> (values: [Double], gradient: LatentGradient, notFinite: String?) {
    var gradient = LatentGradient(batch)
    var values: [Double] = []
    var notFinite: String?
    for index in indices {
      let weight = self[index].weight(atStep: batch.step)
      let value = self[index].evaluate(batch, weight: weight, adding: &gradient)
      values.append(value)
      if notFinite == nil, !((weight * value).isFinite && gradient.isFinite) {
        notFinite = self[index].name
      }
    }
    return (values, gradient, notFinite)
  }
}
