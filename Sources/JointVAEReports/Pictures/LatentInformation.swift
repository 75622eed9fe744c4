import Foundation
import JointVAE
import JointVAEFiles

/// What each latent variable of a model carries about images: its KL divergence from the prior, in nats.
public struct LatentInformation: Hashable, Codable, Sendable {
  /// The KL of each dimension of z.
  public var continuous: [Double]
  /// The KL of each discrete variable.
  public var discrete: [Double]

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
  }

  /// The KL of `variable`; 0 for one the model does not have.
  public subscript(variable: LatentTraversal.Variable) -> Double {
    switch variable {
    case .continuous(let index): continuous.indices.contains(index) ? continuous[index] : 0
    case .discrete(let index): discrete.indices.contains(index) ? discrete[index] : 0
    }
  }

  /// Whether every KL is a number.
  public var isFinite: Bool { (continuous + discrete).allSatisfy { $0.isFinite } }

  /// `variables` by their KL, largest first; equal ones keep their order.
  public func sorted(_ variables: [LatentTraversal.Variable]) -> [LatentTraversal.Variable] {
    variables.enumerated().sorted { first, second in
      let (a, b) = (self[first.element], self[second.element])
      return a == b ? first.offset < second.offset : a > b
    }.map(\.element)
  }

  /// `z3 KL 1.21`.
  public func label(_ variable: LatentTraversal.Variable) -> String {
    "\(variable) KL \(NumberText.decimal(self[variable], 2))"
  }

  /// The latents worth a look: those that are active, or the first few when none is; largest KL first.
  public func shown(of latents: LatentSpec) -> [LatentTraversal.Variable] {
    let all = sorted(LatentTraversal.variables(of: latents))
    let active = all.filter { self[$0] > LossTerms.activityThreshold }
    return active.isEmpty ? Array(all.prefix(4)) : active
  }
}
