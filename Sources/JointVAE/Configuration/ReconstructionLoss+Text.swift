import JointVAEFiles

extension ReconstructionLoss {
  /// The loss as the command line and config.json name it, such as `bce`, `cauchy:0.5` or `robust:-inf,0.5`.
  public var text: String {
    switch self {
    case .binaryCrossEntropy: "bce"
    case .continuousBernoulli: "continuous-bernoulli"
    case .meanSquaredError: "mse"
    case .cauchy(let scale): "cauchy:\(scale)"
    case .robust(let loss): "robust:\(loss.alpha),\(loss.scale)"
    case .robustLikelihood(let loss): "robust-likelihood:\(loss.alpha),\(loss.scale)"
    case .adaptive: "adaptive"
    case .multikernelCauchy(let kernels):
      "multicauchy:" + Self.list(kernels.map(\.scale))
        + (kernels.allSatisfy { $0.weight == 1 } ? "" : ":" + Self.list(kernels.map(\.weight)))
    case .laplace(let scale): "laplace:\(scale)"
    case .gaussian(let deviation): "gaussian:\(deviation)"
    }
  }

  /// How each name is written, for help and errors: the name, what follows it, and what is expected of that.
  private static let forms: [(name: String, numbers: String, expected: String)] = [
    ("bce", "", ""), ("continuous-bernoulli", "", ""), ("mse", "", ""),
    ("cauchy", ":C", " with a scale C above 0, such as cauchy:0.5"),
    ("robust", ":ALPHA,C", ", such as robust:1,0.5 or robust:-inf,0.5"),
    (
      "robust-likelihood", ":ALPHA,C",
      " with alpha from 0 to 2, such as robust-likelihood:1,0.1"
    ),
    ("adaptive", "", ""),
    (
      "multicauchy", ":C,...",
      " or multicauchy:C,...:W,... with a weight for each scale, such as multicauchy:0.5,1,2"
    ),
    ("laplace", ":B", " with a scale B, such as laplace:0.1"),
    ("gaussian", ":SIGMA", " with a standard deviation, such as gaussian:0.1"),
  ]

  /// Every loss as it is written, such as `cauchy:C`.
  package static var patterns: [String] { forms.map { $0.name + $0.numbers } }

  /// The loss that `text` names; `cauchy` alone has scale 1. The spelling of older files, such as `cauchy(0.5)`, is
  /// read, too.
  /// - Throws: `ConfigurationError` with what was expected of a loss of that name, or the names there are.
  public init(text: String) throws {
    let current = Self.currentSpelling(of: text)
    let parts = current.split(separator: ":", omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let form = Self.forms.first(where: { $0.name == name }) else {
      let names = Self.forms.map(\.name)
      let nearest = NearestName.of(name, among: names).map { "; did you mean \($0)?" } ?? ""
      throw ConfigurationError(
        "loss", text, expected: "one of " + names.joined(separator: ", ") + nearest)
    }
    guard let loss = Self.loss(name, parts.dropFirst().map(Self.numbers)) else {
      throw ConfigurationError("loss", text, expected: form.name + form.numbers + form.expected)
    }
    try loss.validate()
    self = loss
  }

  /// The loss of a name with lists of numbers, nil where a list held something else; nil when they do not fit.
  private static func loss(_ name: String, _ lists: [[Double]?]) -> ReconstructionLoss? {
    let numbers = lists.compactMap { $0 }
    guard numbers.count == lists.count else { return nil }
    switch (name, numbers.count, numbers.first?.count) {
    case ("bce", 0, _): return .binaryCrossEntropy
    case ("continuous-bernoulli", 0, _): return .continuousBernoulli
    case ("mse", 0, _): return .meanSquaredError
    case ("adaptive", 0, _): return .adaptive
    case ("cauchy", 0, _): return .cauchy(scale: 1)
    case ("cauchy", 1, 1):
      let scale = numbers[0][0]
      return scale.isFinite && scale > 0 ? .cauchy(scale: scale) : nil
    case ("robust", 1, 2): return .robust(RobustLoss(alpha: numbers[0][0], scale: numbers[0][1]))
    case ("robust-likelihood", 1, 2):
      return .robustLikelihood(RobustLoss(alpha: numbers[0][0], scale: numbers[0][1]))
    case ("multicauchy", 1, _):
      return .multikernelCauchy(numbers[0].map { CauchyKernel(scale: $0) })
    case ("multicauchy", 2, numbers[1].count?):
      return .multikernelCauchy(
        zip(numbers[0], numbers[1]).map { CauchyKernel(scale: $0, weight: $1) })
    case ("laplace", 1, 1): return .laplace(scale: numbers[0][0])
    case ("gaussian", 1, 1): return .gaussian(deviation: numbers[0][0])
    default: return nil
    }
  }

  /// `robust:1.0,0.5` of `robust(1.0, 0.5)`, `multicauchy:0.5:2.0` of `multicauchy(2.0 x 0.5)`; other texts as they are.
  private static func currentSpelling(of text: String) -> String {
    guard text.hasSuffix(")"), let opening = text.firstIndex(of: "(") else { return text }
    let fields = text[text.index(after: opening)...].dropLast().split(separator: ", ")
      .map { $0.split(separator: " x ") }
    guard fields.contains(where: { $0.count == 2 }) else {
      return "\(text[..<opening]):" + fields.joined().joined(separator: ",")
    }
    let lists = [fields.compactMap(\.last), fields.compactMap(\.first)]
    return "\(text[..<opening]):" + lists.map { $0.joined(separator: ",") }.joined(separator: ":")
  }

  private static func numbers(_ text: Substring) -> [Double]? {
    let fields = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = fields.compactMap { Double($0) }
    return numbers.count == fields.count ? numbers : nil
  }

  private static func list(_ numbers: [Double]) -> String {
    numbers.map { "\($0)" }.joined(separator: ",")
  }
}
