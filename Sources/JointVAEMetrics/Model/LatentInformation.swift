import Foundation
import JointVAE
import JointVAEFiles

/// The KL divergence of each latent variable from its prior and what it carries about images, in nats.
public struct LatentInformation: Hashable, Codable, Sendable {
  /// The KL of each dimension of z.
  public var continuous: [Double]
  /// The KL of each discrete variable.
  public var discrete: [Double]
  /// What the latents carry; nil where only KLs were measured, as in files of older versions.
  public var information: CodeInformation?

  /// The KL divergences of a model's latents.
  public init(continuous: [Double], discrete: [Double]) {
    self.continuous = continuous
    self.discrete = discrete
  }

  /// What the latents of `model` carry about `images`: means over them, with the posterior's own parameters.
  ///
  /// KL(q(z_i|x) || N(0, 1)) of every dimension, KL(q(c|x) || uniform) of every discrete variable.
  public init(of model: JointVAEModel, on images: ImageBatch) throws {
    let encoding = try model.encode(images)
    let count = Double(encoding.count)
    let dimensions = model.latents.continuous
    continuous = (0..<dimensions).map { dimension in
      stride(from: dimension, to: encoding.count * dimensions, by: dimensions).reduce(0) {
        sum, place in
        sum
          + KLDivergence.normal(
            mean: Double(encoding.mean[place]), logVariance: Double(encoding.logVariance[place]))
      } / count
    }
    discrete = zip(model.latents.discrete, encoding.probabilities).map { categories, alphas in
      log(Double(categories)) + alphas.reduce(0) { $0 + KLDivergence.category(Double($1)) } / count
    }
    information = CodeInformation(encoding)
  }

  /// The KL of `variable`; 0 for one the model does not have.
  public subscript(variable: LatentVariable) -> Double {
    switch variable {
    case .continuous(let index): continuous.indices.contains(index) ? continuous[index] : 0
    case .discrete(let index): discrete.indices.contains(index) ? discrete[index] : 0
    }
  }

  /// What `variable` carries: its information, or its KL where that is all that was measured.
  public func carried(by variable: LatentVariable) -> Double {
    information?[variable] ?? self[variable]
  }

  /// Whether every KL is a number.
  public var isFinite: Bool { (continuous + discrete).allSatisfy { $0.isFinite } }

  /// `variables` by what they carry, most first; equal ones keep their order.
  public func sorted(_ variables: [LatentVariable]) -> [LatentVariable] {
    variables.enumerated().sorted { first, second in
      let (a, b) = (carried(by: first.element), carried(by: second.element))
      return a == b ? first.offset < second.offset : a > b
    }.map(\.element)
  }

  /// `z3 1.18 nats`, what it carries; `z3 KL 1.21` where only its KL was measured.
  public func label(_ variable: LatentVariable) -> String {
    let value = NumberText.decimal(carried(by: variable), 2)
    return information == nil ? "\(variable) KL \(value)" : "\(variable) \(value) nats"
  }

  /// The latents worth a look: those that carry something, or the first few when none does; most first.
  public func shown(of latents: LatentSpec) -> [LatentVariable] {
    let all = sorted(latents.variables)
    let active = all.filter { carried(by: $0) > LossTerms.activityThreshold }
    return active.isEmpty ? Array(all.prefix(4)) : active
  }
}
