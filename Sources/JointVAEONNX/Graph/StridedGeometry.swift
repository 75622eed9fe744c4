import JointVAE

/// How a convolution, or a transposed one, goes over its planes: the attributes of its node.
///
/// Before the first row and column there is one of zeros. How many there are behind the last follows from the shapes: one
/// more where a side is odd.
struct StridedGeometry {
  /// The attributes.
  let attributes: [NodeProto.Attribute]

  private static let padding = 1

  /// The geometry of a layer between planes.
  /// - Throws: `ConfigurationError` naming a layer whose shapes its kernel does not connect.
  init(_ layer: NetworkLayer) throws {
    guard case .planes(let height, let width, _) = layer.input,
      case .planes(let outputHeight, let outputWidth, _) = layer.output,
      let weight = layer.tensors.first(where: { $0.role == .weight }), weight.shape.count == 4
    else { throw Self.misfit(layer) }
    let kernel = Array(weight.shape.suffix(2))
    // Kernels of an even side halve and double planes; those of an odd side have a middle, and keep them.
    let strides = kernel.map { $0 % 2 == 0 ? 2 : 1 }
    let sides = [(height, outputHeight), (width, outputWidth)]
    let ends = zip(sides, zip(kernel, strides)).map { side, over in
      let (small, big) = layer.kind == .convolution ? (side.1, side.0) : (side.0, side.1)
      return (small - 1) * over.1 + over.0 - Self.padding - big
    }
    guard zip(ends, kernel).allSatisfy({ (0..<$1).contains($0) }) else { throw Self.misfit(layer) }
    attributes = [
      .init(name: "kernel_shape", value: .integers(kernel)),
      .init(name: "pads", value: .integers([Self.padding, Self.padding] + ends)),
      .init(name: "strides", value: .integers(strides)),
    ]
  }

  private static func misfit(_ layer: NetworkLayer) -> ConfigurationError {
    ConfigurationError(
      "layer \(layer.name)", "\(layer.kind.rawValue) of \(layer.input) to \(layer.output)",
      expected: "planes that a kernel with \(padding) row of zeros before the first connects")
  }
}
