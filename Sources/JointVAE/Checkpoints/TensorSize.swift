/// Sizes of tensors whose shapes were read from a file, and so may be anything.
enum TensorSize {
  /// The product of `shape`, or nil when an axis is negative or the product leaves `Int`.
  static func elementCount(shape: [Int]) -> Int? {
    var count = 1
    for axis in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The bytes of a tensor of `shape`, or nil when there is no such number.
  static func byteCount(shape: [Int], elementWidth: Int) -> Int? {
    elementCount(shape: shape).flatMap { count in
      let (bytes, overflow) = count.multipliedReportingOverflow(by: elementWidth)
      return overflow ? nil : bytes
    }
  }
}
