/// The model whose objective a training minimizes, with the settings that belong to it.
///
/// All of them share one network. They differ in the terms that are added to the reconstruction loss, which docs/family.md
/// lists with their sources.
public enum ModelVariant: Hashable, Sendable {
  /// JointVAE (Dupont 2018): a capacity for z and one for c.
  case jointVAE
  /// The VAE (Kingma and Welling 2014).
  case vae
  /// beta-VAE (Higgins et al. 2017): the KL, times beta.
  case betaVAE(beta: Double = 4)
  /// CCI-VAE (Burgess et al. 2018): one capacity for the whole KL.
  case cciVAE
  /// beta-TCVAE (Chen et al. 2018): the total correlation of z, times beta, estimated from a batch.
  case betaTCVAE(beta: Double = 6, sampling: MinibatchSampling = .stratified)
  /// DIP-VAE I (Kumar et al. 2018): the covariance of the means of z is drawn to the identity.
  case dipVAE1(offDiagonal: Double = 10, diagonal: Double = 100)
  /// DIP-VAE II (Kumar et al. 2018): the covariance of z itself is drawn to the identity.
  case dipVAE2(offDiagonal: Double = 10, diagonal: Double = 10)

  /// FactorVAE (Kim and Mnih 2018): the total correlation of z and c, estimated by a discriminator that learns beside it.
  case factorVAE(weight: Double = 6.4, units: Int = 256)

  /// The models by name.
  public enum Name: String, Hashable, Codable, Sendable, CaseIterable {
    /// JointVAE.
    case jointVAE = "jointvae"
    /// The VAE.
    case vae
    /// beta-VAE.
    case betaVAE = "beta-vae"
    /// CCI-VAE.
    case cciVAE = "cci-vae"
    /// beta-TCVAE.
    case betaTCVAE = "beta-tcvae"
    /// DIP-VAE I.
    case dipVAE1 = "dip-vae-1"
    /// DIP-VAE II.
    case dipVAE2 = "dip-vae-2"
    /// FactorVAE.
    case factorVAE = "factor-vae"
  }

  /// The model of this name with its usual settings.
  public init(_ name: Name) {
    switch name {
    case .jointVAE: self = .jointVAE
    case .vae: self = .vae
    case .betaVAE: self = .betaVAE()
    case .cciVAE: self = .cciVAE
    case .betaTCVAE: self = .betaTCVAE()
    case .dipVAE1: self = .dipVAE1()
    case .dipVAE2: self = .dipVAE2()
    case .factorVAE: self = .factorVAE()
    }
  }

  /// Its name.
  public var name: Name {
    switch self {
    case .jointVAE: .jointVAE
    case .vae: .vae
    case .betaVAE: .betaVAE
    case .cciVAE: .cciVAE
    case .betaTCVAE: .betaTCVAE
    case .dipVAE1: .dipVAE1
    case .dipVAE2: .dipVAE2
    case .factorVAE: .factorVAE
    }
  }

  /// The KLs that have a capacity of the configuration.
  ///
  /// CCI-VAE takes that of z for its whole KL.
  public var capacities: [LatentKind] {
    switch self {
    case .jointVAE: [.continuous, .discrete]
    case .cciVAE: [.continuous]
    case .vae, .betaVAE, .betaTCVAE, .dipVAE1, .dipVAE2, .factorVAE: []
    }
  }

  /// Whether its objective is defined for discrete latents.
  public var takesDiscreteLatents: Bool {
    switch self {
    case .jointVAE, .vae, .betaVAE, .cciVAE, .factorVAE: true
    case .betaTCVAE, .dipVAE1, .dipVAE2: false
    }
  }

  /// Whether a term of it compares the images of a batch, so that one image is too few.
  public var comparesImages: Bool {
    switch self {
    case .jointVAE, .vae, .betaVAE, .cciVAE: false
    case .betaTCVAE, .dipVAE1, .dipVAE2, .factorVAE: true
    }
  }
}

/// How the density of z over all images is estimated from those of a batch (Chen et al. 2018, appendix C).
public enum MinibatchSampling: String, Hashable, Codable, Sendable, CaseIterable {
  /// Every image of a batch stands for as many of the data set as it should: without bias.
  case stratified
  /// Every image of a batch has the same weight.
  case weighted
}
