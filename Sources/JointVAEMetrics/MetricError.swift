import JointVAEFiles

/// Why a score cannot be computed, in a sentence for the user.
public enum MetricError: DescribedError, Equatable, Sendable {
  /// There is nothing to score.
  case noImages
  /// The data set has no labels.
  case noLabels(score: String)
  /// All images are of one class, with which any category agrees.
  case oneClass(score: String, name: String)
  /// The data set has no known factors.
  case noFactors(score: String)
  /// No factor takes more than one value, so none can be distinguished.
  case constantFactors(names: [String])
  /// A list that should have an entry for every image has another number of them.
  case count(of: String, Int, expected: Int)
  /// An entry of a list is not what it may be.
  case value(of: String, index: Int, String, expected: String)
  /// The value of a score is not finite.
  case notFinite(score: String)
  /// The model has no variable that the score is about.
  case noVariable(score: String, latents: String)

  /// The cause, the value and what was expected.
  public var description: String {
    switch self {
    case .noImages: "there are no images to score"
    case .noLabels(let score):
      "\(score) compares with labels, and the data set has none; name a data set with classes"
    case .oneClass(let score, let name):
      "\(score) compares with classes, and all images are of the class \(name); "
        + "expected images of two classes or more"
    case .noFactors(let score):
      "\(score) compares with known factors, and the data set has none; "
        + "name one that has, such as shapes"
    case .constantFactors(let names):
      "every factor has a single value (\(names.joined(separator: ", "))); "
        + "expected at least one that differs between images"
    case .count(let what, let count, let expected):
      "there are \(count) \(what); expected \(expected)"
    case .value(let what, let index, let value, let expected):
      "\(what) \(index) is \(value); expected \(expected)"
    case .notFinite(let score): "the value of \(score) is not a finite number"
    case .noVariable(let score, let latents):
      "\(score) needs a discrete variable, and the latents are \(latents)"
    }
  }
}
