import JointVAE
import JointVAEFiles

// What several rows share: reading numbers, words about values, and weights of pairs.
extension SettingTable {
  static let capacityWords =
    "minimum and maximum in nats, steps and weight, as [0, 5, 25000, 30]"
  static let decayWords = "a share and steps, such as 0.1@20000-28000, or none"

  static func categories(_ text: String) throws -> [Int] {
    try counts(
      text, of: "discrete", such: "numbers of categories with commas, such as 10 or 4,3, or none")
  }

  /// Whole numbers with commas; none for `none`.
  static func counts(_ text: String, of setting: String, such: String) throws -> [Int] {
    if text == "none" { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let count = Int($0) else {
        throw ConfigurationError(setting, text.isEmpty ? text.quoted : text, expected: such)
      }
      return count
    }
  }

  /// `4,3`, or `none`.
  static func text(of counts: [Int]) -> String {
    counts.isEmpty ? "none" : counts.map(String.init).joined(separator: ",")
  }

  /// So many numbers with commas.
  static func numbers(_ text: String, count: Int, of setting: String) throws -> [Double] {
    let fields = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = fields.compactMap { Double($0) }
    guard numbers.count == count, fields.count == count else {
      throw ConfigurationError(setting, text.quoted, expected: "\(count) numbers with commas")
    }
    return numbers
  }

  /// Numbers with commas; none for `none`.
  static func numbersOrNone(_ text: String, of setting: String) throws -> [Double] {
    if text == "none" { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let number = Double($0) else {
        throw ConfigurationError(setting, text.quoted, expected: "numbers with commas, or none")
      }
      return number
    }
  }

  /// Sets what belongs to some models in a run that trains one of them.
  static func set<Value: Sendable>(
    _ value: Value, _ place: WritableKeyPath<ModelVariant, Value?>, _ name: String,
    of run: inout RunConfiguration
  ) throws {
    try requireModel(of: run, for: name, "\(value)") { $0[keyPath: place] != nil }
    run.training.model[keyPath: place] = value
  }

  /// Sets a capacity in a run whose model has one.
  static func setCapacity(
    _ capacity: Capacity, _ kind: LatentKind, of run: inout RunConfiguration
  ) throws {
    try requireModel(of: run, for: "\(kind.rawValue) capacity", capacity.text) {
      $0.capacities.contains(kind)
    }
    switch kind {
    case .continuous: run.training.continuousCapacity = capacity
    case .discrete: run.training.discreteCapacity = capacity
    }
  }

  /// - Throws: `ConfigurationError` where the run's model lacks a setting, naming the models that have it.
  private static func requireModel(
    of run: RunConfiguration, for name: String, _ value: String, has: (ModelVariant) -> Bool
  ) throws {
    guard !has(run.training.model) else { return }
    let owners = ModelVariant.Name.allCases.filter { has(ModelVariant($0)) }.map(\.rawValue)
    throw ConfigurationError(
      name, value,
      expected: "none with \(run.training.model.name.rawValue); "
        + "it goes with \(NumberText.list(owners))")
  }

  /// Sets a weight of pairs in a run that has some.
  static func setWeight(
    _ weight: Double, _ place: WritableKeyPath<Pairing, Double>, of run: inout RunConfiguration
  ) throws {
    guard var pairing = run.training.pairing else {
      throw ConfigurationError(
        "consistency or balance", "\(weight)",
        expected: "none without pairs; choose some pairs, too")
    }
    pairing[keyPath: place] = weight
    run.training.pairing = pairing
  }
}
