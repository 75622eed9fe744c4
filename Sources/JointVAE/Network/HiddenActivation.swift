/// What happens to the outputs of every layer but the heads and the last one.
public enum HiddenActivation: String, CaseIterable, Codable, Hashable, Sendable {
  /// Negative values become 0, as in the paper.
  case rectified = "relu"
  /// Negative values are multiplied by 0.2, so that no unit stops learning (Radford et al. 2016, arXiv 1511.06434).
  case leaky = "leaky-relu"

  /// What negative values are multiplied by: 0 or 0.2.
  public var slope: Float {
    switch self {
    case .rectified: 0
    case .leaky: 0.2
    }
  }

  /// The same as that of a layer.
  var layerActivation: NetworkLayer.Activation {
    switch self {
    case .rectified: .rectified
    case .leaky: .leaky
    }
  }
}
