/// The order in which people number files: digits compare as numbers, so that "2.png" comes before
/// "10.png".
enum NaturalOrder {
  /// Whether `first` comes before `second`. Folders stay together: "a/1" comes before "a b/1".
  ///
  /// A total order: only equal bytes are neither before nor after one another.
  static func isBefore(_ first: String, _ second: String) -> Bool {
    let order = first.utf8.withContiguousStorageIfAvailable { first in
      second.utf8.withContiguousStorageIfAvailable { second in compare(first, second) }
    }
    // Only bridged strings are not contiguous, and names are never those.
    if let order, let order { return order < 0 }
    return Array(first.utf8).withUnsafeBufferPointer { first in
      Array(second.utf8).withUnsafeBufferPointer { second in compare(first, second) < 0 }
    }
  }

  /// Below 0 when `first` comes before `second`, 0 when they are equal.
  private static func compare(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>
  ) -> Int {
    // Leading zeros decide only when nothing else differs.
    var zeros = 0
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      if isDigit(first[i]), isDigit(second[j]) {
        let (one, other) = (digits(first, from: i), digits(second, from: j))
        if one.count != other.count { return one.count - other.count }
        for (a, b) in zip(first[one], second[other]) where a != b { return Int(a) - Int(b) }
        if zeros == 0 { zeros = (one.upperBound - i) - (other.upperBound - j) }
        (i, j) = (one.upperBound, other.upperBound)
      } else {
        let (a, b) = (rank(first[i]), rank(second[j]))
        if a != b { return a - b }
        i += 1
        j += 1
      }
    }
    let rest = (first.count - i) - (second.count - j)
    return rest != 0 ? rest : zeros
  }

  /// The number that begins at `start`, without its leading zeros.
  private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    var first = start
    while first < end, bytes[first] == UInt8(ascii: "0") { first += 1 }
    return first..<end
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func rank(_ byte: UInt8) -> Int { byte == UInt8(ascii: "/") ? -1 : Int(byte) }
}
