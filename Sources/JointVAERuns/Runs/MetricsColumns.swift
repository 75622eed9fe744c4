import JointVAE

/// The columns of metrics.csv and epochs.csv, for those who write them and those who read them.
///
/// A column `kl_z` is followed by the targets of terms, such as `capacity_z`. Behind the last latent's KL stand the values
/// of the other terms.
package struct MetricsColumns: Hashable, Sendable {
  /// KL_z or KL_c.
  package struct Divergence: Hashable, Sendable {
    /// Whose KL it is.
    package var kind: LatentKind
    /// Its column.
    package var name: String
    /// The columns of what it is drawn to.
    package var targets: [String]
  }

  /// KL_z and KL_c, as far as they are there.
  package let divergences: [Divergence]
  /// The columns of every latent's KL.
  package let latents: [String]
  /// The columns of terms that are no targets.
  package let terms: [String]

  private static let prefix = "kl_"
  private static let learnedLoss = ["loss_alpha", "loss_scale"]

  /// What the columns of a metrics.csv are.
  package init(header: [String]) {
    var divergences: [Divergence] = []
    var latents: [String] = []
    var terms: [String] = []
    for name in header {
      if let kind = LatentKind.allCases.first(where: { name == Self.name(of: $0) }) {
        divergences.append(Divergence(kind: kind, name: name, targets: []))
      } else if name.hasPrefix(Self.prefix) {
        latents.append(name)
      } else if !latents.isEmpty {
        if !Self.learnedLoss.contains(name) { terms.append(name) }
      } else if !divergences.isEmpty {
        divergences[divergences.count - 1].targets.append(name)
      }
    }
    (self.divergences, self.latents, self.terms) = (divergences, latents, terms)
  }

  /// The columns of metrics.csv in their order.
  ///
  /// - Throws: `ConfigurationError` for a term whose name another column has, or might have.
  static func steps(_ objective: Objective) throws -> [String] {
    var columns = ["step", "epoch", "seconds", "loss", "reconstruction"]
    for kind in LatentKind.allCases {
      columns.append(name(of: kind))
      columns += objective.terms.filter { $0.target == kind }.map(\.name)
    }
    columns += latents(objective.configuration.latents)
    columns += objective.terms.filter { $0.target == nil }.map(\.name)
    if learnsLoss(objective) { columns += learnedLoss }
    for term in objective.terms
    where term.name.hasPrefix(prefix) || columns.count(where: { $0 == term.name }) > 1 {
      throw ConfigurationError(
        "term of the objective", term.name,
        expected: "a name that no other column of metrics.csv has or may have")
    }
    return columns
  }

  /// The columns of epochs.csv in their order.
  static func epochs(_ objective: Objective, hasValidation: Bool) -> [String] {
    let losses =
      ["loss", "reconstruction"] + LatentKind.allCases.map(name)
      + latents(objective.configuration.latents)
    return ["epoch", "step", "seconds"] + losses
      + objective.terms.filter(\.isAdditional).map(\.name)
      + (hasValidation ? losses.map { "validation_\($0)" } : [])
  }

  /// Whether steps tell alpha and c of an adaptive loss.
  static func learnsLoss(_ objective: Objective) -> Bool {
    objective.configuration.reconstructionLoss == .adaptive
  }

  private static func name(of kind: LatentKind) -> String { prefix + kind.symbol }

  private static func latents(_ latents: LatentSpec) -> [String] {
    latents.variables.map { "\(prefix)\($0)" }
  }
}
