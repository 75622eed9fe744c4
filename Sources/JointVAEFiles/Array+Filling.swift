extension Array {
  /// An array of up to `count` elements, which `fill` writes and counts. For none, `fill` is not called.
  ///
  /// The initializer of the standard library writes the count of an empty array, too. All empty arrays are one, which threads
  /// share.
  package init(
    filling count: Int,
    _ fill: (inout UnsafeMutableBufferPointer<Element>, inout Int) throws -> Void
  ) rethrows {
    guard count > 0 else {
      self = []
      return
    }
    try self.init(unsafeUninitializedCapacity: count, initializingWith: fill)
  }
}
