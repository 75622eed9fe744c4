/// `KL_z + KL_c`: the KL of the VAE, whose weight is beta in beta-VAE (Higgins et al. 2017, equation 4).
struct DivergenceSum: DivergenceTerm {
  let name = "divergence"
  let weight: Double

  func weight(atStep step: Int) -> Double { weight }

  func evaluate(_ divergences: TotalDivergences, step: Int) -> DivergenceTermValue {
    DivergenceTermValue(
      value: divergences.continuous + divergences.discrete,
      slopes: TotalDivergences(continuous: 1, discrete: 1))
  }
}

/// `|C - (KL_z + KL_c)|`: CCI-VAE's capacity, common to continuous and discrete latents (Burgess et al. 2018,
/// section 3; Dupont 2018, section 3).
struct CommonCapacityTerm: DivergenceTerm {
  let name = "capacity"
  private let capacity: Capacity
  /// The largest KL there can be, in nats.
  private let ceiling: Double

  init(_ configuration: TrainingConfiguration) {
    capacity = configuration.continuousCapacity
    let latents = configuration.latents
    ceiling = latents.continuous == 0 ? latents.largestDiscreteKL : .infinity
  }

  func weight(atStep step: Int) -> Double { capacity.weight }

  func evaluate(_ divergences: TotalDivergences, step: Int) -> DivergenceTermValue {
    let distance =
      capacity.value(atStep: step, ceiling: ceiling) - divergences.continuous - divergences.discrete
    let slope: Double = distance < 0 ? 1 : distance > 0 ? -1 : 0
    return DivergenceTermValue(
      value: abs(distance), slopes: TotalDivergences(continuous: slope, discrete: slope))
  }
}
