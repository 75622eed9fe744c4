import JointVAE

/// Encoded images with what is known of them.
public struct EncodedImages: Sendable {
  /// The parameters of q(z, c | x) for each image.
  public let encoding: Encoding
  /// The class of each image; nil when unknown.
  public let labels: [Int]?
  /// The names of the classes; empty without labels.
  public let classNames: [String]
  /// What each image was made from; nil when unknown or not asked for.
  public let factors: FactorLabels?

  /// Encoded images.
  ///
  /// - Parameters:
  ///   - encoding: the parameters of q(z, c | x) for each image.
  ///   - labels: the class of each image; nil when unknown.
  ///   - classNames: the names of the classes.
  ///   - factors: what each image was made from; nil when unknown.
  public init(
    encoding: Encoding, labels: [Int]? = nil, classNames: [String] = [],
    factors: FactorLabels? = nil
  ) {
    self.encoding = encoding
    self.labels = labels
    self.classNames = classNames
    self.factors = factors
  }
}

/// What a score may look at: a model with the codes and reconstructions of a data set's images, and what is known of them.
public struct ScoredImages: Sendable {
  /// The model.
  public let model: JointVAEModel
  /// The images.
  public let images: any ImageSource
  /// The reconstruction loss of each image, a sum over its values.
  public let reconstructionLosses: [Double]
  /// The codes of the images, with what is known of them.
  public let encoded: EncodedImages
  /// The images of scores whose protocol asks for a number of them: `EvaluationOptions.protocolImages`, or the same images.
  public let protocolImages: EncodedImages
  /// The images of `protocolImages` in the forms that scores against factors compute from; empty where these were not asked
  /// for.
  public let factorCodes: [FactorCode]

  /// The parameters of q(z, c | x) for each image.
  public var encoding: Encoding { encoded.encoding }
  /// The class of each image; nil when unknown.
  public var labels: [Int]? { encoded.labels }
  /// The names of the classes; empty without labels.
  public var classNames: [String] { encoded.classNames }
  /// What each image was made from; nil when unknown or not asked for.
  public var factors: FactorLabels? { encoded.factors }
}
