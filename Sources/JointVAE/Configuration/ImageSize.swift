import JointVAEFiles

/// Height and width of images, in pixels: `28` for a square, `48x80` for 48 rows of 80 pixels.
///
/// In JSON it is a number for a square, else the text.
public struct ImageSize: Hashable, Sendable, CustomStringConvertible {
  /// Rows.
  public var height: Int
  /// Pixels of a row.
  public var width: Int

  /// A size of `height` rows of `width` pixels.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// A square of `side` pixels.
  public init(side: Int) { self.init(height: side, width: side) }

  /// Reads `28` or `48x80`, height first.
  /// - Throws: `ConfigurationError` for any other text, and for sides that no network takes.
  public init(text: String) throws {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    let sides = parts.compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
    guard sides.count == parts.count, (1...2).contains(sides.count), let height = sides.first,
      let width = sides.last
    else {
      throw ConfigurationError("image size", text.quoted, expected: Self.words)
    }
    self.init(height: height, width: width)
    try validate()
  }

  /// Pixels.
  public var pixelCount: Int { height * width }

  /// Whether both sides are equal.
  public var isSquare: Bool { height == width }

  /// The longer side.
  public var longerSide: Int { max(height, width) }

  /// Such as `28`, or `48x80`.
  public var description: String { isSquare ? "\(height)" : "\(height)x\(width)" }

  /// Sides that networks take, in pixels.
  public static let sides = 8...256

  /// What a size may be, for errors and help.
  public static let words =
    "pixels such as 32, or height and width such as 48x80, each from \(sides.lowerBound) to "
    + "\(sides.upperBound)"

  /// - Throws: `ConfigurationError` when no network takes a side.
  public func validate() throws {
    guard Self.sides.contains(height), Self.sides.contains(width) else {
      throw ConfigurationError("image size", description, expected: Self.words)
    }
  }
}

extension ImageSize: ExpressibleByIntegerLiteral {
  /// A square of so many pixels.
  public init(integerLiteral side: Int) { self.init(side: side) }
}

extension ImageSize: Codable {
  /// Reads a number, or a text such as `48x80`. Whether a network takes the size is checked with the settings.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let side = try? value.decode(Int.self) {
      self.init(side: side)
      return
    }
    do {
      try self.init(text: value.decode(String.self))
    } catch let error as ConfigurationError {
      throw DecodingError.dataCorruptedError(in: value, debugDescription: error.description)
    }
  }

  /// Writes a number for a square, else a text such as `48x80`.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    if isSquare { try value.encode(height) } else { try value.encode(description) }
  }
}
