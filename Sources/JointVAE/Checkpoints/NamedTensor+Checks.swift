import JointVAEFiles

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
