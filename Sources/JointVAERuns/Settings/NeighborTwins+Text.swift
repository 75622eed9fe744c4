import JointVAE

/// Whether a share of the twins are other images like an image.
public enum NeighborsChoice: Hashable, Sendable {
  /// Twins are copies alone.
  case none
  /// Neighbors, found after these steps.
  case nearest(NeighborTwins)
  /// So many neighbors of each, found when the later part of the run begins.
  case later(Int)

  static let expected =
    "how many, and after which steps, such as 10@19500 or 10@19500,24000:0.25 with the share of twins, or none"

  /// `none` or the neighbors, as `init(text:)` reads them.
  var text: String {
    switch self {
    case .none: "none"
    case .later(let count): "\(count)"
    case .nearest(let neighbors):
      "\(neighbors.count)@\(neighbors.steps.map(String.init).joined(separator: ","))"
        + (neighbors.share == NeighborTwins(steps: []).share ? "" : ":\(neighbors.share)")
    }
  }

  /// Reads `none`, a number, or a number with steps and perhaps a share.
  /// - Throws: `ConfigurationError` for a text that is none of these.
  public init(text: String) throws {
    guard text != "none" else {
      self = .none
      return
    }
    if let count = Int(text) {
      self = .later(count)
      return
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let ends = parts.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    let steps = (ends.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .map { Int($0) }
    let share = ends.count == 2 ? Double(ends[1]) : NeighborTwins(steps: []).share
    guard parts.count == 2, let count = Int(parts[0]), (1...2).contains(ends.count), let share,
      !steps.contains(nil)
    else {
      throw ConfigurationError("neighbors", text, expected: Self.expected)
    }
    self = .nearest(NeighborTwins(count: count, steps: steps.compactMap(\.self), share: share))
  }

  /// The neighbors in pairs of `pairing`; nil for none.
  /// - Throws: `ConfigurationError` for a number alone, where nothing says when the later part of the run begins.
  func neighbors(in pairing: Pairing) throws -> NeighborTwins? {
    switch self {
    case .none: return nil
    case .nearest(let neighbors): return neighbors
    case .later(let count):
      guard let start = pairing.transformationDecay?.start else {
        throw ConfigurationError(
          "neighbors", "\(count)",
          expected: "a step as well, such as \(count)@19500, as the transformation stays the same")
      }
      return NeighborTwins(count: count, steps: [start])
    }
  }
}
