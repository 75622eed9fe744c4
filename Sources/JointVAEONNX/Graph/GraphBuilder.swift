import JointVAE
import JointVAECheckpoints

/// A graph in the making: each node takes what the one before it gives.
struct GraphBuilder {
  private(set) var graph: GraphProto
  private let tensors: [String: NamedTensor]
  /// What the last node gives: its name, and its shape without the batch.
  private var current = ""
  private var shape: [Int] = []

  init(_ name: String, _ tensors: [NamedTensor]) {
    graph = GraphProto(name: name)
    self.tensors = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Begins with an input of the graph.
  mutating func take(_ name: String, _ shape: LayerShape, isImage: Bool = false) {
    (current, self.shape) = (name, shape.axes)
    graph.inputs.append(ValueInfo(name: name, shape: [nil] + self.shape, isImage: isImage))
  }

  /// Begins with the inputs of the latents, put side by side: z, then the categories of every c.
  mutating func takeLatents(_ latents: LatentSpec) {
    if latents.continuous > 0 { take(ValueName.continuous, .vector(latents.continuous)) }
    for (variable, count) in latents.discrete.enumerated() {
      take(ValueName.categories(variable), .vector(count))
    }
    guard graph.inputs.count > 1 else { return }
    append(
      "Concat", "latents", inputs: graph.inputs.map(\.name), shape: [latents.dimension],
      [.init(name: "axis", value: .integer(1))])
  }

  /// Adds the nodes of a layer with one weight and one bias.
  /// - Throws: `ConfigurationError` naming a kind of layer, a shape or an activation that ONNX's operators are not known for.
  mutating func add(_ layer: NetworkLayer) throws {
    switch layer.kind {
    case .convolution, .sameConvolution, .transposedConvolution:
      reshape(to: layer.input, for: layer.name)
      try append(
        layer.kind == .transposedConvolution ? "ConvTranspose" : "Conv", layer.name,
        inputs: [current] + constants(layer.tensors), shape: layer.output.axes,
        StridedGeometry(layer).attributes)
    case .dense:
      flatten(for: layer.name)
      try appendProduct(layer.name, layer.tensors, from: current)
    case .heads:
      throw ConfigurationError(
        "layer \(layer.name)", layer.kind.rawValue,
        expected: "a kind of layer that can be written as ONNX")
    }
    activate(layer)
  }

  /// Adds the heads and makes what they give the outputs of the graph.
  mutating func addHeads(_ layer: NetworkLayer, of latents: LatentSpec) throws {
    flatten(for: layer.name)
    let features = current
    var pairs = stride(from: 0, to: layer.tensors.count, by: 2).map {
      Array(layer.tensors[$0..<$0 + 2])
    }[...]
    if latents.continuous > 0 {
      for output in [ValueName.mean, ValueName.logVariance] {
        guard let tensors = pairs.popFirst() else { break }
        try appendProduct(output, tensors, from: features)
        give(output)
      }
    }
    for (variable, tensors) in pairs.enumerated() {
      let output = ValueName.probabilities(variable)
      try appendProduct("\(output).logits", tensors, from: features)
      append(
        "Softmax", output, inputs: [current], shape: shape,
        [.init(name: "axis", value: .integer(1))])
      give(output)
    }
  }

  /// Makes what the last node gives an output of the graph, under this name.
  mutating func give(_ name: String, isImage: Bool = false) {
    graph.values.removeAll { $0.name == current }
    if let last = graph.nodes.indices.last { graph.nodes[last].outputs = [name] }
    graph.outputs.append(ValueInfo(name: name, shape: [nil] + shape, isImage: isImage))
    current = name
  }

  // MARK: Nodes

  private mutating func append(
    _ operation: String, _ name: String, inputs: [String], shape: [Int],
    _ attributes: [NodeProto.Attribute] = []
  ) {
    graph.nodes.append(
      NodeProto(
        name: name, operation: operation, inputs: inputs, outputs: [name], attributes: attributes))
    graph.values.append(ValueInfo(name: name, shape: [nil] + shape))
    (current, self.shape) = (name, shape)
  }

  /// A dense layer: outputs are weights, as O,I, times inputs, plus biases.
  private mutating func appendProduct(
    _ name: String, _ layerTensors: [LayerTensor], from input: String
  ) throws {
    try append(
      "Gemm", name, inputs: [input] + constants(layerTensors), shape: [layerTensors[0].shape[0]],
      [.init(name: "transB", value: .integer(1))])
  }

  private mutating func activate(_ layer: NetworkLayer) {
    let operation: String
    var attributes: [NodeProto.Attribute] = []
    switch layer.activation {
    case .none: return
    case .rectified: operation = "Relu"
    case .leaky:
      operation = "LeakyRelu"
      attributes = [.init(name: "alpha", value: .float(HiddenActivation.leaky.slope))]
    case .sigmoid: operation = "Sigmoid"
    }
    append(
      operation, "\(layer.name).\(operation)", inputs: [current], shape: shape, attributes)
  }

  private mutating func flatten(for name: String) {
    guard shape.count > 1 else { return }
    append(
      "Flatten", "\(name).flat", inputs: [current], shape: [shape.reduce(1, *)],
      [.init(name: "axis", value: .integer(1))])
  }

  private mutating func reshape(to wanted: LayerShape, for name: String) {
    guard wanted.axes != shape else { return }
    let constant = "\(name).shape"
    // 0 keeps the length of the batch.
    graph.initializers.append(
      NamedTensor(
        name: constant, shape: [wanted.axes.count + 1],
        elements: .int64([0] + wanted.axes.map(Int64.init))))
    append("Reshape", "\(name).planes", inputs: [current, constant], shape: wanted.axes)
  }

  /// The names of a layer's tensors, which become constants of the graph.
  private mutating func constants(_ layerTensors: [LayerTensor]) throws -> [String] {
    for tensor in layerTensors {
      guard let values = tensors[tensor.name], values.shape == tensor.shape else {
        throw ConfigurationError(
          "tensor", tensor.name, expected: "numbers of shape \(tensor.shape) in the model")
      }
      graph.initializers.append(
        NamedTensor(name: values.name, shape: values.shape, floats: values.floats))
    }
    return layerTensors.map(\.name)
  }
}

extension LayerShape {
  /// The lengths of the axes as ONNX has them: channels before height and width.
  var axes: [Int] {
    switch self {
    case .planes(let height, let width, let channels): [channels, height, width]
    case .vector(let count): [count]
    }
  }
}
