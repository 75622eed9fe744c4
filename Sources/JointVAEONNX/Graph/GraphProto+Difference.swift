import JointVAECheckpoints
import JointVAEFiles

extension GraphProto {
  /// The first difference from `expected` in words; nil when there is none but in the numbers of weights and biases.
  func difference(from expected: GraphProto) -> String? {
    if name != expected.name {
      return "holds the graph \(name.quoted); expected \(expected.name.quoted)"
    }
    for (part, values, wanted) in [
      ("input", inputs, expected.inputs), ("output", outputs, expected.outputs),
      ("inner value", self.values, expected.values),
    ] where values != wanted {
      return Self.difference(part, values.map(\.words), wanted.map(\.words))
    }
    for (index, pair) in zip(nodes, expected.nodes).enumerated() where pair.0 != pair.1 {
      return "has \(pair.0.words) as node \(index); expected \(pair.1.words)"
    }
    if nodes.count != expected.nodes.count {
      return "has \(nodes.count) nodes; expected \(expected.nodes.count)"
    }
    let constants = initializers.map(\.signature)
    if constants != expected.initializers.map(\.signature) {
      return Self.difference("constant", constants, expected.initializers.map(\.signature))
    }
    return nil
  }

  private static func difference(
    _ part: String, _ found: [String], _ expected: [String]
  ) -> String {
    let place =
      zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset
      ?? min(found.count, expected.count)
    func words(_ list: [String]) -> String { place < list.count ? list[place] : "none" }
    return "has the \(part) \(words(found)); expected \(words(expected))"
  }
}

extension ValueInfo {
  /// Such as `"image" of batch x 1 x 32 x 32`.
  fileprivate var words: String {
    let axes = shape.map { $0.map(String.init) ?? Self.batch }
    return "\(name.quoted) of \(axes.joined(separator: " x "))" + (isImage ? ", an image" : "")
  }
}

extension NodeProto {
  /// Such as `Relu "fc.Relu" of "fc"`.
  fileprivate var words: String {
    let settings = attributes.map { attribute in
      switch attribute.value {
      case .integer(let value): "\(attribute.name.printable(limit: 40)) \(value)"
      case .integers(let values): "\(attribute.name.printable(limit: 40)) \(values.prefix(8))"
      case .float(let value): "\(attribute.name.printable(limit: 40)) \(value)"
      }
    }
    let taken = inputs.prefix(8).map(\.quoted).joined(separator: ", ")
    let given = outputs.prefix(8).map(\.quoted).joined(separator: ", ")
    return "\(operation.printable(limit: 40)) \(name.quoted) of \(taken)"
      + (outputs == [name] ? "" : " to \(given)")
      + (settings.isEmpty ? "" : " (\(settings.prefix(8).joined(separator: ", ")))")
  }
}

extension NamedTensor {
  /// The name and the shape; of integers the numbers, too.
  fileprivate var signature: String {
    if case .int64(let values) = elements { return "\(name.quoted) \(values.prefix(8))" }
    return "\(name.quoted) of shape \(shape)"
  }
}
