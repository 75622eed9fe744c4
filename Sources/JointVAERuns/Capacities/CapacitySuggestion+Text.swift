import JointVAE
import JointVAEFiles

extension CapacitySuggestion {
  /// One JSON object with sorted keys.
  /// - Throws: `EncodingError` for a number that is not finite.
  public func json() throws -> String { String(try JSONText.encode(self).dropLast()) }

  /// What was done and found, for people.
  public var text: String {
    let variables = divergences.sorted(latents.variables)
    var lines = [
      "\(dataSet): \(imageCount) images of \(imageShape), latents \(latents), loss \(loss), seed \(seed)",
      "KL after \(steps) steps without capacities, beta \(NumberText.shortest(beta)): "
        + variables.map(divergences.label).joined(separator: ", "),
    ]
    if let capacity = continuousCapacity {
      lines.append(
        "C_z to \(NumberText.shortest(capacity.maximum)) nats, which is what z carries then")
    }
    if let capacity = discreteCapacity {
      lines.append("C_c to \(NumberText.shortest(capacity.maximum)) nats, all that c can carry")
    }
    return (lines + [table] + remarks).joined(separator: "\n")
  }

  private var table: String {
    func distance(_ value: Double?) -> String {
      value.map { NumberText.decimal($0, 2) } ?? ""
    }
    let rows = trials.map { trial -> [String] in
      let weight = NumberText.shortest(trial.weight)
      if let failure = trial.failure { return [weight, failure] }
      return [weight]
        + (continuousCapacity == nil ? [] : [distance(trial.continuousDistance)])
        + (discreteCapacity == nil ? [] : [distance(trial.discreteDistance)])
        + [trial.holds ? "holds" : "too far"]
    }
    let heading =
      ["gamma"] + (continuousCapacity == nil ? [] : ["|C_z - KL_z|"])
      + (discreteCapacity == nil ? [] : ["|C_c - KL_c|"])
    return TextTable([heading] + rows).text
  }
}
