import JointVAE

/// The values in a file that become black and white; those between become grays.
public struct ValueRange: Hashable, Sendable {
  /// The value of black.
  public var minimum: Double
  /// The value of white.
  public var maximum: Double

  /// Black at `minimum`, white at `maximum`.
  public init(_ minimum: Double, _ maximum: Double) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// - Throws: `ConfigurationError` when white is not above black, or one of them is no finite number.
  public func validate() throws {
    guard minimum.isFinite, maximum.isFinite, minimum < maximum, (maximum - minimum).isFinite else {
      throw ConfigurationError(
        "values", text, expected: "the values of black and white, the smaller first, such as -1,1")
    }
  }

  /// `0,255`, as the command line gives it.
  public var text: String { "\(Self.text(minimum)),\(Self.text(maximum))" }

  /// Whole numbers without a point.
  package static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// The smallest range that holds both.
  func union(_ other: ValueRange) -> ValueRange {
    ValueRange(min(minimum, other.minimum), max(maximum, other.maximum))
  }
}

extension ValueRange: Codable {
  /// Reads a list of two numbers.
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    self.init(try values.decode(Double.self), try values.decode(Double.self))
  }

  /// Writes a list of two numbers.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(minimum)
    try values.encode(maximum)
  }
}
