import JointVAE
import JointVAEFiles
import JointVAERuns

/// What `suggest-capacity` prints: the search's result, and the options of `train` that follow from it.
struct CapacityOptions: Encodable {
  let suggestion: CapacitySuggestion

  /// `--continuous-capacity 0,5,25000,30`, and the same of c.
  var options: String {
    [
      ("--continuous-capacity", suggestion.continuousCapacity),
      ("--discrete-capacity", suggestion.discreteCapacity),
    ].compactMap { name, capacity in capacity.map { "\(name) \($0.shortText)" } }
      .joined(separator: " ")
  }

  /// For people: the options to paste are the last line.
  var text: String { "\(suggestion.text)\n\(options)" }

  private enum CodingKeys: String, CodingKey { case options }

  func encode(to encoder: any Encoder) throws {
    try suggestion.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(options, forKey: .options)
  }
}

extension Capacity {
  /// As `text`, with whole numbers as such: `0,5,25000,30`.
  fileprivate var shortText: String {
    "\(NumberText.shortest(minimum)),\(NumberText.shortest(maximum)),\(rampSteps),\(NumberText.shortest(weight))"
  }
}
