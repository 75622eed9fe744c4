import JointVAEFiles

/// Sizes of tensors whose shapes were read from a file, and so may be anything.
package enum TensorSize {
  /// The product of `shape`, or nil when an axis is negative or the product leaves `Int`.
  package static func elementCount(shape: [Int]) -> Int? {
    var count = 1
    for axis in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The bytes of a tensor of `shape`, or nil when there is no such number.
  package static func byteCount(shape: [Int], elementWidth: Int) -> Int? {
    elementCount(shape: shape).flatMap { count in
      let (bytes, overflow) = count.multipliedReportingOverflow(by: elementWidth)
      return overflow ? nil : bytes
    }
  }
}

extension [NamedTensor] {
  /// Requires what a file of tensors needs: names that differ from each other and from `reserved`, and shapes that
  /// agree with the number of elements.
  /// - Throws: `FileError` about `path` naming the first tensor that is otherwise.
  func checkWritable(to path: String, reserved: Set<String> = []) throws {
    var names = reserved
    for tensor in self {
      guard names.insert(tensor.name).inserted else {
        throw FileError(
          path,
          "cannot be written: the name \(tensor.name.quoted) is taken; give each tensor its own")
      }
      guard TensorSize.elementCount(shape: tensor.shape) == tensor.elements.count else {
        throw FileError(
          path,
          "cannot be written: tensor \(tensor.name.quoted) has \(tensor.elements.count) "
            + "elements; its shape \(tensor.shape) asks for another number")
      }
    }
  }
}

/// What is wrong with bytes that a parser reads, before anyone knows which file they came from.
struct MalformedData: Error, Equatable {
  /// The sentence for `FileError.problem`.
  var problem: String

  init(_ problem: String) { self.problem = problem }
}
