import JointVAE
import JointVAEData
import JointVAEMetrics

/// What to evaluate a model on, and what must come of it.
public struct EvaluationRequest: Sendable {
  /// A part of a data set, or of a run's images.
  public enum Part: String, CaseIterable, Hashable, Sendable {
    /// The images to learn from; of a run, those it did learn from.
    case train
    /// The images that a run held back.
    case validation
    /// The images to measure with.
    case test
    /// Those to learn from and those to measure with.
    case all

    /// What a part of the files is called here.
    public init(_ split: DataSplit) {
      self =
        switch split {
        case .train: .train
        case .test: .test
        case .all: .all
        }
    }

    /// The part of the files; nil for what a run held back.
    var split: DataSplit? {
      switch self {
      case .train: .train
      case .test: .test
      case .all: .all
      case .validation: nil
      }
    }
  }

  /// Kinds of scores.
  public typealias Families = Set<ScoreFamily>

  /// The names of all kinds of scores.
  public static var familyNames: [String] { ScoreFamily.allCases.map(\.rawValue) }

  /// A data set's name or path; nil for the model's own.
  public var dataSet: String?
  /// The file or folder that holds the data set; nil for where the run found it, or where the
  /// catalog looks.
  public var dataPath: String?
  /// The part wanted; nil for `test`, or all images where there are no parts.
  public var part: Part?
  /// The most images wanted.
  public var limit: Int?
  /// How the images are prepared, on top of the run's or the model's own preparation; other settings change nothing.
  public var images = SettingChanges()
  /// The loss of a reconstructed value; nil for the one the model was trained with.
  public var loss: ReconstructionLoss?
  /// Posterior samples an image for the bounds of the log-likelihood; 0 for none.
  public var likelihoodSamples = 1
  /// What posterior samples and the images of disentanglement scores are drawn from.
  public var seed: UInt64 = 0
  /// Whether to compare with labels is what this is about, so that it is an error when there are
  /// none.
  public var requiresAccuracy = false
  /// Groups to merge the categories into, found from the codes of the images; nil for the groups that the model has, if any.
  public var mergedCategories: Int?
  /// Scores to compute besides; an error where the images lack what one of them needs.
  public var families: Families = []
  /// Scores of the program's own.
  public var scores: [any ModelScore] = []
  /// Threads and instructions; they do not change the results.
  public var compute = Compute.automatic

  /// Whether to compute scores against known factors; an error when there are none.
  public var scoresDisentanglement: Bool {
    get { families.contains(.disentanglement) }
    set {
      if newValue { families.insert(.disentanglement) } else { families.remove(.disentanglement) }
    }
  }

  /// Everything that can be known without factors, on the test images of the model's own data set.
  public init() {}
}

extension EvaluationRequest {
  /// Kinds of scores by their names with commas between them, such as `probes,samples`.
  ///
  /// - Parameter text: the names.
  /// - Throws: `ConfigurationError` for a name that is none.
  public static func families(_ text: String) throws -> Families {
    Set(
      try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
        guard let family = ScoreFamily(rawValue: String(name)) else {
          throw ConfigurationError(
            "scores", String(name), expected: familyNames.joined(separator: " or "))
        }
        return family
      })
  }
}
