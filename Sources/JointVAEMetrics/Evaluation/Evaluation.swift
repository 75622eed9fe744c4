import Foundation
import JointVAE

/// Everything measured of one model on one data set; its JSON is the output of `jointvae evaluate
/// --json`.
///
/// Keys that do not apply are absent: `accuracy` without labels or discrete variables, `likelihood`
/// for losses that are not a likelihood. KL, reconstruction and likelihood are in nats an image.
public struct Evaluation: Hashable, Codable, Sendable {
  /// The version of the JSON's schema. It grows when a key changes its meaning or goes, not when
  /// one is added.
  public static let currentSchema = 1

  /// KL from the prior: means over the images.
  public struct Divergences: Hashable, Codable, Sendable {
    /// The sum over the dimensions of z.
    public var continuous: Double
    /// The sum over the discrete variables.
    public var discrete: Double
    /// Of z0, z1, ..., then of c0, c1, ...
    public var perLatent: [Double]
  }

  /// What became of a discrete variable.
  public struct DiscreteVariable: Hashable, Codable, Sendable {
    /// Such as `c0`.
    public var name: String
    /// Images by most probable category.
    public var counts: [Int]
    /// Categories that at least one image has.
    public var categoriesUsed: Int
    /// The mean over the images of the largest alpha: near 1 when the model is sure.
    public var meanLargestProbability: Double
    /// Mutual information with the labels over the arithmetic mean of the entropies, where there
    /// are labels.
    public var normalizedMutualInformation: Double?
  }

  /// The schema it was written with.
  public var schema = Evaluation.currentSchema
  /// What was evaluated, such as a path.
  public var model: String?
  /// The data set's name.
  public var dataSet: String?
  /// The part of the data set, such as `test`.
  public var split: String?
  /// The number of images.
  public var images: Int
  /// Their shape.
  public var imageShape: ImageShape
  /// The model's latent variables.
  public var latents: LatentSpec
  /// Agreement of a discrete variable with the labels.
  public var accuracy: LabelScores?
  /// The class of all images, when they are of one class, with which every category agrees; nil otherwise.
  public var onlyClass: String? = nil
  /// Whether the probabilities of the variable of `accuracy` mean what they say; nil without labels, and in files of older
  /// versions.
  public var calibration: Calibration? = nil
  /// The accuracy when the categories of that variable are named after 1, 5 and 10 images of each; nil as `calibration`.
  public var fewLabels: [FewLabels]? = nil
  /// What k-means makes of the pixels of the same images; nil where it was not asked for, and in files of older versions.
  public var kMeans: KMeansBaseline? = nil
  /// Agreement after categories were merged; nil where none were.
  public var merged: MergedScores? = nil
  /// Every discrete variable.
  public var discreteVariables: [DiscreteVariable]
  /// KL from the prior.
  public var kl: Divergences
  /// What the code carries about the images; nil in files of older versions.
  public var information: CodeInformation?
  /// How well reconstructions can be told apart; nil in files of older versions.
  public var distinctness: ReconstructionDistinctness?
  /// Dimensions of z with a KL above 0.1 nat. `information` has those whose mean varies with the image.
  public var activeUnits: Int
  /// The mean reconstruction loss of an image, with z its mean and c its most probable category.
  public var reconstruction: Double
  /// The least that the loss of these images can be, in the same scale: for cross-entropy the entropy of gray values; nil
  /// for other losses, and in files of older versions.
  public var reconstructionFloor: Double? = nil
  /// The loss as settings name it, such as `bce` or `cauchy:0.5`. Files of older versions have `cauchy(0.5)`.
  public var reconstructionLoss: String
  /// What the mean loss of a value was multiplied by: `reference` (pixels) or `sum` (values).
  public var reconstructionScale: ReconstructionScale
  /// Bounds of the log-likelihood; its scale is always the sum over all values.
  public var likelihood: LikelihoodBound?
  /// Scores against known factors; empty where none were asked for.
  public var disentanglement: [ScoreResult]
  /// Other scores: probes, comparisons of samples, and those of the program's own; nil where there are none.
  public var scores: [ScoreResult]?
  /// Whether the latents carry next to nothing, so that all reconstructions look alike.
  public var isCollapsed: Bool

  private enum CodingKeys: String, CodingKey {
    case schema, model, dataSet, split, images, imageShape, latents, accuracy, onlyClass, merged,
      calibration, fewLabels, kMeans
    case discreteVariables
    case kl, information, distinctness, activeUnits, reconstruction, reconstructionFloor,
      reconstructionLoss,
      reconstructionScale, likelihood
    case disentanglement, scores
    case isCollapsed = "collapsed"
  }

  /// How the reconstruction was measured, in words: `bce, scale reference`.
  public var reconstructionWords: String {
    let loss = (try? ReconstructionLoss(text: reconstructionLoss))?.text ?? reconstructionLoss
    return "\(loss), scale \(reconstructionScale.rawValue)"
  }

  /// The agreement with the labels, where it is required.
  /// - Throws: `MetricError` when there are no labels, or no discrete variable.
  public func requireAccuracy() throws -> LabelScores {
    guard !latents.discrete.isEmpty else {
      throw MetricError.noVariable(score: "accuracy", latents: latents.description)
    }
    if let onlyClass { throw MetricError.oneClass(score: "accuracy", name: onlyClass) }
    guard let accuracy else { throw MetricError.noLabels(score: "accuracy") }
    return accuracy
  }

  /// The scores against known factors, where they are required.
  /// - Throws: `MetricError` when there are no factors.
  public func requireDisentanglement() throws -> [ScoreResult] {
    guard !disentanglement.isEmpty else { throw MetricError.noFactors(score: "disentanglement") }
    return disentanglement
  }

  /// JSON with its keys in alphabetical order, and a line break at the end.
  /// - Throws: `EncodingError` when a number is not finite.
  public func json() throws -> String { try encodedJSON(self) }
}

/// Indented JSON with sorted keys, and a line break at the end.
func encodedJSON(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
}
