import JointVAEFiles

/// A setting that no model can be built or trained with.
public struct ConfigurationError: DescribedError, Equatable, Sendable {
  /// The setting's name, such as `learning rate`.
  public var setting: String
  /// The value it had.
  public var value: String
  /// What it may be.
  public var expected: String

  /// An error about `setting`.
  public init(_ setting: String, _ value: String, expected: String) {
    self.setting = setting
    self.value = value
    self.expected = expected
  }

  /// An error about a word that is none of `names`; it suggests the one that was probably meant.
  package init(_ setting: String, _ value: String, expected: String, oneOf names: [String]) {
    let guess = NearestName.of(value, among: names).map { "; did you mean \($0)?" } ?? ""
    self.init(setting, value, expected: expected + guess)
  }

  /// `learning rate is -1; expected a number above 0`.
  public var description: String { "\(setting) is \(value); expected \(expected)" }
}
