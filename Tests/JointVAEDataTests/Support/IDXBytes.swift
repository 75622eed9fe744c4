/// IDX files put together by hand.
enum IDXBytes {
  /// A header of `magic` and the lengths of the axes, then `values`.
  static func file(magic: UInt32, lengths: [UInt32], values: [UInt8]) -> [UInt8] {
    ([magic] + lengths).flatMap { number in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    } + values
  }

  /// `count` images of `size` pixels square; value `v` of image `i` is `(i + v) % 251`.
  static func images(_ count: Int, size: Int = 28) -> [UInt8] {
    let values = (0..<count).flatMap { image in
      (0..<size * size).map { UInt8((image + $0) % 251) }
    }
    return file(
      magic: 0x803, lengths: [UInt32(count), UInt32(size), UInt32(size)], values: values)
  }

  /// Labels as given.
  static func labels(_ labels: [UInt8]) -> [UInt8] {
    file(magic: 0x801, lengths: [UInt32(labels.count)], values: labels)
  }
}
