import JointVAE
import JointVAECheckpoints

// From a network's list of layers to ONNX's operators. A kind of layer that is not here is refused by its name.
extension GraphProto {
  /// The encoder: `image` to `mean`, `log_variance` and `probabilities.0`, ...
  ///
  /// - Parameters:
  ///   - network: the description of the layers.
  ///   - tensors: the weights and biases.
  /// - Throws: `ConfigurationError` naming a layer that cannot be described.
  static func encoder(
    of network: NetworkDescription, _ tensors: [NamedTensor]
  ) throws -> GraphProto {
    var builder = GraphBuilder("encoder", tensors)
    let layers = network.layers.prefix { $0.kind != .heads }
    guard let first = network.layers.first, layers.count < network.layers.count else {
      throw ConfigurationError(
        "network", "without heads", expected: "layers up to the heads, then those of the decoder")
    }
    builder.take(ValueName.image, first.input, isImage: true)
    for layer in layers { try builder.add(layer) }
    try builder.addHeads(network.layers[layers.count], of: network.latents)
    return builder.graph
  }

  /// The decoder: `continuous` and `categories.0`, ... to `image`.
  ///
  /// - Parameters:
  ///   - network: the description of the layers.
  ///   - tensors: the weights and biases.
  /// - Throws: `ConfigurationError` naming a layer that cannot be described.
  static func decoder(
    of network: NetworkDescription, _ tensors: [NamedTensor]
  ) throws -> GraphProto {
    var builder = GraphBuilder("decoder", tensors)
    builder.takeLatents(network.latents)
    for layer in network.layers.drop(while: { $0.kind != .heads }).dropFirst() {
      try builder.add(layer)
    }
    builder.give(ValueName.image, isImage: true)
    return builder.graph
  }
}

/// The names of what the graphs take and give.
enum ValueName {
  static let image = "image"
  static let mean = "mean"
  static let logVariance = "log_variance"
  static let continuous = "continuous"
  static func probabilities(_ variable: Int) -> String { "probabilities.\(variable)" }
  static func categories(_ variable: Int) -> String { "categories.\(variable)" }
}
