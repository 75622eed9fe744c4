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

  /// `learning rate is -1; expected a number above 0`.
  public var description: String { "\(setting) is \(value); expected \(expected)" }
}
