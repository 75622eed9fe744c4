/// A term of the objective, in nats an image, beside the reconstruction loss.
///
/// A term conforms to one of two refinements: `DivergenceTerm` when the KL divergences of z and c are all it depends on,
/// `LatentTerm` when it depends on the latents of the batch. Terms are values: a failed step discards the copy it worked on.
public protocol ObjectiveTerm: Sendable {
  /// What logs and curves call it: lowercase letters, digits and underscores. It names a column of metrics.csv.
  var name: String { get }

  /// What the value is multiplied by in the objective.
  ///
  /// - Parameter step: counted from 1.
  func weight(atStep step: Int) -> Double
}

/// A term that depends on KL_z and KL_c, the sums over the variables of their mean over the batch.
public protocol DivergenceTerm: ObjectiveTerm {
  /// The value, without its weight, and its derivatives by both divergences.
  ///
  /// - Parameters:
  ///   - divergences: KL_z and KL_c, means over the batch.
  ///   - step: counted from 1.
  func evaluate(_ divergences: TotalDivergences, step: Int) -> DivergenceTermValue

  /// The KL that the term draws a divergence to, such as C_z; nil for a term without one.
  ///
  /// Logs hold this number in place of the value, and charts draw it with the divergence.
  func target(atStep step: Int) -> DivergenceTarget?
}

extension DivergenceTerm {
  /// None.
  public func target(atStep step: Int) -> DivergenceTarget? { nil }
}

/// A term that depends on the latents of a batch.
public protocol LatentTerm: ObjectiveTerm {
  /// Adds `weight` times the derivatives of the value to `gradient`.
  ///
  /// - Parameters:
  ///   - batch: the latents of the batch.
  ///   - weight: the term's weight at this step.
  ///   - gradient: by every number of the batch; other terms have added theirs.
  /// - Returns: the value, without its weight, in nats an image.
  mutating func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double

  /// What the term remembers from step to step; a training state holds it. Empty for none.
  var state: [Double] { get }

  /// The name of `state` in a training state.
  var stateName: String { get }

  /// Takes over `state` of an equal term.
  ///
  /// - Returns: false, with the state as it was, when these numbers cannot be one.
  mutating func restore(_ state: [Double]) -> Bool
}

extension LatentTerm {
  /// None.
  public var state: [Double] { [] }

  /// `term.` and the name.
  public var stateName: String { "term.\(name)" }

  /// True for no numbers.
  public mutating func restore(_ state: [Double]) -> Bool { state.isEmpty }
}

/// KL_z and KL_c, in nats.
public struct TotalDivergences: Hashable, Sendable {
  /// The sum over the dimensions of z.
  public var continuous: Double
  /// The sum over the discrete variables.
  public var discrete: Double

  /// Both sums.
  public init(continuous: Double, discrete: Double) {
    self.continuous = continuous
    self.discrete = discrete
  }

  /// One of them.
  public subscript(kind: LatentKind) -> Double {
    get { kind == .continuous ? continuous : discrete }
    set {
      switch kind {
      case .continuous: continuous = newValue
      case .discrete: discrete = newValue
      }
    }
  }
}

/// The value of a `DivergenceTerm`, in nats an image, and its derivatives.
public struct DivergenceTermValue: Hashable, Sendable {
  /// The value, without its weight.
  public var value: Double
  /// The derivatives by KL_z and KL_c.
  public var slopes: TotalDivergences

  /// A value with its derivatives.
  public init(value: Double, slopes: TotalDivergences) {
    self.value = value
    self.slopes = slopes
  }
}

/// The KL that a term draws a divergence to.
public struct DivergenceTarget: Hashable, Sendable {
  /// Whose divergence it is.
  public var kind: LatentKind
  /// The KL, in nats.
  public var nats: Double

  /// A target for the divergence of z or c.
  public init(_ kind: LatentKind, nats: Double) {
    self.kind = kind
    self.nats = nats
  }
}
