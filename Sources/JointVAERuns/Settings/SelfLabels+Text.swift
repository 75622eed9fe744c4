import JointVAE

/// Whether images that are sure of their category give it to their twins.
public enum SelfLabelsChoice: Hashable, Sendable {
  /// No image does.
  case none
  /// With this weight, after a step, above a threshold.
  case sure(SelfLabels)
  /// With this weight, when the later part of the run begins.
  case later(Double)

  static let expected =
    "a weight, and after which step, such as 10@24000 or 10@24000:0.95 with the probability to be sure, or none"

  /// `none` or the labels, as `init(text:)` reads them.
  var text: String {
    switch self {
    case .none: "none"
    case .later(let weight): "\(weight)"
    case .sure(let labels):
      "\(labels.weight)@\(labels.step)"
        + (labels.threshold == Self.usualThreshold ? "" : ":\(labels.threshold)")
    }
  }

  private static let usualThreshold = SelfLabels(weight: 0, step: 0).threshold

  /// Reads `none`, a weight, or a weight with a step and perhaps a threshold.
  /// - Throws: `ConfigurationError` for a text that is none of these.
  public init(text: String) throws {
    guard text != "none" else {
      self = .none
      return
    }
    if let weight = Double(text) {
      self = .later(weight)
      return
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let ends = parts.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    let threshold = ends.count == 2 ? Double(ends[1]) : Self.usualThreshold
    guard parts.count == 2, (1...2).contains(ends.count), let weight = Double(parts[0]),
      let step = ends.first.flatMap({ Int($0) }), let threshold
    else { throw ConfigurationError("self-labels", text, expected: Self.expected) }
    self = .sure(SelfLabels(weight: weight, step: step, threshold: threshold))
  }

  /// The labels in pairs of `pairing`; nil for none.
  /// - Throws: `ConfigurationError` for a weight alone, where nothing says when the later part of the run begins.
  func labels(in pairing: Pairing) throws -> SelfLabels? {
    switch self {
    case .none: return nil
    case .sure(let labels): return labels
    case .later(let weight):
      guard let start = pairing.transformationDecay?.start else {
        throw ConfigurationError(
          "self-labels", "\(weight)",
          expected: "a step as well, such as \(weight)@24000, as the transformation stays the same")
      }
      return SelfLabels(weight: weight, step: start)
    }
  }
}
