import JointVAEFiles
import JointVAEKernels

extension Discriminator {
  private var buffers: [(prefix: String, buffer: FloatBuffer)] {
    [
      ("discriminator/", weights), ("discriminator-first/", first),
      ("discriminator-second/", second),
    ]
  }

  /// Such as `0.weight`: the name and shape of tensor `index`.
  private func tensor(_ index: Int) -> (name: String, shape: [Int]) {
    let layer = index / 2
    return index % 2 == 0
      ? ("\(layer).weight", [sizes[layer + 1], sizes[layer]])
      : ("\(layer).bias", [sizes[layer + 1]])
  }

  /// All that is needed to go on later: weights as `[output, input]`, biases, and Adam's moments of both.
  var tensors: [NamedTensor] {
    buffers.flatMap { prefix, buffer in
      var numbers = (0..<2 * layers.count).map { index in
        [Float](repeating: 0, count: tensor(index).shape.reduce(1, *))
      }
      forEachParameter { numbers[$0][$1] = buffer.start[$2] }
      return numbers.enumerated().map { index, floats in
        NamedTensor(name: prefix + tensor(index).name, shape: tensor(index).shape, floats: floats)
      }
    }
  }

  /// The first of `tensors` that holds a number that is not finite.
  var firstTensorNotFinite: String? {
    buffers.lazy.compactMap { prefix, buffer in
      buffer.values.allSatisfy(\.isFinite) ? nil : "\(prefix)..."
    }.first
  }

  /// Takes over what `tensors` gave.
  /// - Throws: `FileError` naming the first tensor that is missing, of another shape or not finite.
  func restore(from file: Safetensors, path: String) throws {
    for (prefix, buffer) in buffers {
      let numbers = try (0..<2 * layers.count).map { index in
        let (name, shape) = tensor(index)
        guard let tensor = file[prefix + name], tensor.shape == shape,
          case .float32(let values) = tensor.elements, values.allSatisfy(\.isFinite)
        else {
          throw FileError(
            path,
            "does not hold what its discriminator learned (\(prefix)\(name), finite numbers of shape \(shape))"
          )
        }
        return values
      }
      forEachParameter { buffer.start[$2] = numbers[$0][$1] }
    }
    transposeAll()
  }
}
