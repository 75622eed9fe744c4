import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns

/// A setting with its value, as an experiment file gives it.
struct SettingValue: Hashable, Sendable {
  /// Such as `batch-size`.
  var name: String
  /// The text that the option of `jointvae train` would be given, such as `4,3` or `cauchy:0.5`.
  var text: String
  /// Where the value stands.
  var value: YAMLValue

  /// A setting's value: a word or number, a list of them, or one key with its parameters, such as
  /// `{cauchy: 0.5}`.
  /// - Throws: `YAMLProblem` when there is no such setting, or the value cannot be.
  init(name: String, _ value: YAMLValue) throws {
    self.name = name
    self.value = value
    text = try Self.text(of: value)
    var changes = SettingChanges()
    // Momentum goes with SGD alone, and the weights of pairs with pairs; what a run has is not known here.
    if let companion = SettingTable.named(name)?.companion {
      changes[text: companion.name] = companion.text
    }
    apply(to: &changes)
    do {
      try SettingTable.named(name)?.check(text)
      // What suits one data set or one image size only is checked with the whole run.
      let isOfOneShape = name == "channels" || name == "initial-output"
      if !isOfOneShape, name != "recipe" || text != "paper" {
        _ = try changes.newRun(on: "shapes")
      }
    } catch let error as ConfigurationError {
      throw value.problem("cannot be: \(error)")
    }
  }

  /// Puts it into `changes`.
  func apply(to changes: inout SettingChanges) { changes[text: name] = text }

  private static func text(of value: YAMLValue) throws -> String {
    switch value.content {
    case .scalar: return try value.text(expected: "a value")
    case .list([]): return "none"
    case .list(let elements):
      return try elements.map { element in
        let text = try element.text(expected: "a single value")
        guard !text.contains(",") else {
          throw element.problem("is \(text.quoted); expected a value without a comma")
        }
        return text
      }.joined(separator: ",")
    case .mapping(let entries):
      guard entries.count == 1, let entry = entries.first else {
        throw value.problem(
          "is a mapping of \(entries.count) keys; expected one with its parameters, "
            + "such as {cauchy: 0.5}")
      }
      return try "\(entry.name):\(text(of: entry.value))"
    }
  }
}
