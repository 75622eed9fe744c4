import JointVAE
import JointVAEKernels

/// A network as the engine of the page takes it: a table of layers, and all weights in one row.
///
/// This is the one place that turns a `NetworkDescription` into what `scripts/explorer/Engine.swift` reads.
struct ExplorerNetwork {
  /// A row for each layer: kind, whether ReLU follows, height, width, channels, rows and columns of the input, the same of
  /// the output, and where its weights and its bias start. Of a vector only the channels, its numbers, are not 0.
  let layers: [[Int]]
  /// All weights as the kernels read them.
  let weights: [Float]

  /// - Throws: `ConfigurationError` naming a layer that the engine cannot compute.
  init(_ model: JointVAEModel) throws {
    let layout = NetworkLayout(model.network)
    let packed = Weights(layout, forTraining: false)
    packed.load(Dictionary(model.tensors.map { ($0.name, $0) }) { first, _ in first })
    weights = Array(packed.master.values)

    var convolutions = zip(layout.encoder, packed.layout.encoder).makeIterator()
    var transposed = zip(layout.decoder, packed.layout.decoder).makeIterator()
    var dense = packed.layout.dense.makeIterator()
    let features = (layout.encoder.last?.small, layout.decoder.first?.small)
    layers = try model.network.layers.map { layer in
      let kind = try Kind(layer)
      switch layer.kind {
      case .convolution:
        guard let (kernel, block) = convolutions.next() else { throw Self.unknown(layer) }
        return kind.row(layer, Self.row(kernel.big), Self.row(kernel.small), block)
      case .transposedConvolution:
        guard let (kernel, block) = transposed.next() else { throw Self.unknown(layer) }
        return kind.row(layer, Self.row(kernel.small), Self.row(kernel.big), block)
      case .dense, .heads:
        guard let block = dense.next() else { throw Self.unknown(layer) }
        return kind.row(
          layer, Self.row(layer.input, features.0), Self.row(layer.output, features.1), block)
      }
    }
  }

  /// A layer's number in the table.
  private enum Kind: Int {
    case convolution = 0
    case dense = 1
    case heads = 2
    case transposedConvolution = 3

    /// - Throws: `ConfigurationError` for an activation that the engine does not have.
    init(_ layer: NetworkLayer) throws {
      switch layer.kind {
      case .convolution: self = .convolution
      case .dense: self = .dense
      case .heads: self = .heads
      case .transposedConvolution: self = .transposedConvolution
      }
      switch layer.activation {
      case .none, .rectified: break
      case .sigmoid:
        guard self == .transposedConvolution else { throw ExplorerNetwork.unknown(layer) }
      }
    }

    func row(
      _ layer: NetworkLayer, _ input: [Int], _ output: [Int], _ block: ParameterLayout.Block
    ) -> [Int] {
      [rawValue, layer.activation == .rectified ? 1 : 0] + input + output
        + [block.weights, block.bias]
    }
  }

  private static func unknown(_ layer: NetworkLayer) -> ConfigurationError {
    ConfigurationError(
      "layer", "\(layer.name) (\(layer.kind.rawValue), \(layer.activation.rawValue))",
      expected: "a layer that the page's engine computes")
  }

  private static func row(_ plane: Plane) -> [Int] {
    [plane.height, plane.width, plane.channels, plane.rows, plane.columns]
  }

  private static func row(_ shape: LayerShape, _ plane: Plane?) -> [Int] {
    switch shape {
    case .vector(let count): [0, 0, count, 0, 0]
    case .planes(let height, let width, let channels):
      row(plane ?? Plane(height: height, width: width, channels: channels))
    }
  }
}
