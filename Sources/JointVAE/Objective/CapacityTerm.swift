/// `|C - KL|` for z or for c (Dupont 2018, equation 7).
struct CapacityTerm: DivergenceTerm {
  let name: String
  private let kind: LatentKind
  private let capacity: Capacity
  /// The largest KL there can be, in nats: 0 without variables of this kind, `sum log K` for c.
  private let ceiling: Double

  init(_ kind: LatentKind, _ configuration: TrainingConfiguration) {
    self.kind = kind
    name = "capacity_\(kind.symbol)"
    let latents = configuration.latents
    switch kind {
    case .continuous:
      capacity = configuration.continuousCapacity
      ceiling = latents.continuous == 0 ? 0 : .infinity
    case .discrete:
      capacity = configuration.discreteCapacity
      ceiling = latents.largestDiscreteKL
    }
  }

  func weight(atStep step: Int) -> Double { capacity.weight }

  func target(atStep step: Int) -> DivergenceTarget? {
    DivergenceTarget(kind, nats: capacity.value(atStep: step, ceiling: ceiling))
  }

  func evaluate(_ divergences: TotalDivergences, step: Int) -> DivergenceTermValue {
    let distance = capacity.value(atStep: step, ceiling: ceiling) - divergences[kind]
    var slopes = TotalDivergences(continuous: 0, discrete: 0)
    slopes[kind] = distance < 0 ? 1 : distance > 0 ? -1 : 0
    return DivergenceTermValue(value: abs(distance), slopes: slopes)
  }
}
