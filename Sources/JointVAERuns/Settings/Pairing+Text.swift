import JointVAE
import JointVAEFiles

/// Whether to train on pairs of twins.
public enum PairsChoice: Hashable, Sendable {
  /// On images as they are.
  case none
  /// On images and copies that are transformed so.
  case transformed(ImageTransformation)

  /// `none` or the transformation, as `init(text:)` reads it.
  var text: String {
    switch self {
    case .none: "none"
    case .transformed(let transformation): transformation.text
    }
  }

  /// Reads `none` or a transformation.
  /// - Throws: `ConfigurationError` naming the word that is neither.
  public init(text: String) throws {
    self = text == "none" ? .none : .transformed(try ImageTransformation(text: text))
  }
}

extension ImageTransformation {
  /// The transformations that have a name, and what they are for.
  public static let named: [(name: String, transformation: ImageTransformation)] = [
    ("handwriting", .handwriting), ("letters", .letters), ("shapes", .shapes),
    ("objects", .objects), ("photos", .photos),
  ]

  /// Reads a name of ``named``, or amounts such as `rotation=15,shear=0.4,shift=0.05`.
  /// - Throws: `ConfigurationError` naming the word that is neither.
  public init(text: String) throws {
    if let known = Self.named.first(where: { $0.name == text }) {
      self = known.transformation
      return
    }
    self.init()
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let place = Self.amounts.first(where: { $0.name == parts[0] })?.place,
        let amount = Double(parts[1])
      else {
        let guess = NearestName.of(
          String(parts[0]),
          among: (parts.count == 2 ? Self.amounts.map(\.name) : Self.named.map(\.name)))
        throw ConfigurationError(
          "pairs", String(word),
          expected: "\(Self.named.map(\.name).joined(separator: ", ")), none, or amounts such as "
            + "rotation=15,shear=0.4,scale=0.15,shift=0.05,elastic=0.05,brightness=0.5,mirroring=0.5"
            + (guess.map { "; did you mean \($0)?" } ?? ""))
      }
      self[keyPath: place] = amount
    }
    try validate()
  }

  /// Its name, or its amounts, as `init(text:)` reads them.
  public var text: String {
    if let known = Self.named.first(where: { $0.transformation == self }) { return known.name }
    return Self.amounts.map { "\($0.name)=\(self[keyPath: $0.place])" }.joined(separator: ",")
  }

  private static var amounts: [(name: String, place: WritableKeyPath<ImageTransformation, Double>)]
  {
    [
      ("rotation", \.rotation), ("shear", \.shear), ("scale", \.scale), ("shift", \.shift),
      ("elastic", \.elastic), ("brightness", \.brightness), ("mirroring", \.mirroring),
    ]
  }
}
