import JointVAE
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// What the models of an experiment are measured on.
struct EvaluationSettings: Hashable, Sendable {
  /// The part of the data set; nil for the test images where there are some.
  var part: EvaluationRequest.Part?
  /// A data set other than the run's own.
  var dataSet: String?
  /// Where that data set's files are.
  var dataPath: String?
  /// The most images.
  var limit: Int?
  /// Scores to compute besides.
  var families: Set<ScoreFamily> = []

  /// Everything that can be measured on the run's own test images.
  init() {}

  /// The settings of the key `evaluate`.
  /// - Throws: `YAMLProblem`.
  init(_ value: YAMLValue) throws {
    let names = ["split", "dataset", "data", "limit", "disentanglement", "scores"]
    for entry in try value.entries(expected: "keys such as split: test") {
      switch entry.name {
      case "split":
        let expected = EvaluationRequest.Part.allCases.map(\.rawValue).joined(separator: " or ")
        let text = try entry.value.text(expected: expected)
        guard let part = EvaluationRequest.Part(rawValue: text) else {
          throw entry.value.problem("is \(text.quoted); expected \(expected)")
        }
        self.part = part
      case "dataset": dataSet = try entry.value.text(expected: "a data set's name or path")
      case "data": dataPath = try entry.value.text(expected: "a path")
      case "limit": limit = try entry.value.count(expected: "a number of images, at least 1")
      case "disentanglement":
        if try entry.value.flag() { families.insert(.disentanglement) }
      case "scores": families.formUnion(try Self.families(entry.value))
      default: throw entry.unknown(among: names)
      }
    }
    if part == .validation, dataSet != nil {
      throw value.problem(
        "has a data set of its own, which has no validation part; leave one of split and dataset out"
      )
    }
  }

  private static func families(_ value: YAMLValue) throws -> [ScoreFamily] {
    let names = EvaluationRequest.familyNames.joined(separator: " or ")
    return try value.list(expected: "a list of kinds of scores: \(names)").map { element in
      let text = try element.text(expected: names)
      guard let family = ScoreFamily(rawValue: text) else {
        throw element.problem("is \(text.quoted); expected \(names)")
      }
      return family
    }
  }

  /// What to ask of the evaluation of a run.
  func request(compute: Compute) -> EvaluationRequest {
    var request = EvaluationRequest()
    request.part = part
    request.dataSet = dataSet
    request.dataPath = dataPath
    request.limit = limit
    request.families = families
    request.compute = compute
    return request
  }

  /// Everything that decides the numbers, in words: two requests of the same words give the same numbers.
  var text: String {
    "split \(part?.rawValue ?? "usual"), dataset \(dataSet ?? "own"), data \(dataPath ?? "own"), "
      + "limit \(limit.map(String.init) ?? "none"), "
      // Where nothing changed, older versions' words, so that nothing is measured again.
      + (families.isEmpty
        ? "disentanglement false"
        : "scores " + families.map(\.rawValue).sorted().joined(separator: " "))
  }
}
