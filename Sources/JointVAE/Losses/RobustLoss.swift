/// Barron's general robust loss of a difference x (Barron 2019, equation 8):
/// `rho(x, alpha, c) = |alpha - 2| / alpha (((x / c)^2 / |alpha - 2| + 1)^(alpha / 2) - 1)`.
///
/// Its limits are `0.5 (x / c)^2` at alpha = 2, `sqrt((x / c)^2 + 1) - 1` at 1, `log(0.5 (x / c)^2 + 1)` at 0,
/// `2 (x / c)^2 / ((x / c)^2 + 4)` at -2 and `1 - exp(-0.5 (x / c)^2)` at minus infinity.
public struct RobustLoss: Hashable, Sendable {
  /// alpha, the shape: the smaller, the less a large difference counts. `-Double.infinity` is allowed.
  public var alpha: Double
  /// c, the scale: differences below it are counted as squares.
  public var scale: Double

  /// Above it large differences would outgrow what 32 bits can hold.
  public static let largestAlpha = 4.0

  /// The loss of shape `alpha` and scale `scale`.
  public init(alpha: Double, scale: Double) {
    self.alpha = alpha
    self.scale = scale
  }
}

/// Written as texts: JSON has no infinite number.
extension RobustLoss: Codable {
  private enum CodingKeys: CodingKey {
    case alpha, scale
  }

  /// Reads what `encode` writes.
  /// - Throws: `DecodingError` when a number is missing or is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func number(_ key: CodingKeys) throws -> Double {
      guard let number = Double(try container.decode(String.self, forKey: key)) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "expected a number as text")
      }
      return number
    }
    self.init(alpha: try number(.alpha), scale: try number(.scale))
  }

  /// Writes both numbers as texts that read back to the last bit.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("\(alpha)", forKey: .alpha)
    try container.encode("\(scale)", forKey: .scale)
  }
}
