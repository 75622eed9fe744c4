extension DecodingError {
  /// What is wrong with a JSON file, for the person who edited it.
  package var sentence: String {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty ? "the whole" : path.map(\.stringValue).joined(separator: ".").quoted
    }
    switch self {
    case .keyNotFound(let key, let context):
      return "\(place(context.codingPath + [key])) is missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "\(place(context.codingPath)) is of another type; expected \(Self.words(for: type))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      // The decoder reports no more than this.
      return "is malformed JSON, or holds a number that does not fit, such as 1.5 for a count"
    case .dataCorrupted(let context):
      // The decoder's own sentences name types of this program.
      let isOurs = context.debugDescription.hasPrefix("expected ")
      return "\(place(context.codingPath)) cannot be as it is"
        + (isOurs ? "; \(context.debugDescription)" : "; restore the file, or correct that value")
    @unknown default: return "is not as expected"
    }
  }

  /// What a person calls a value of this type.
  private static func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
    }
  }
}
