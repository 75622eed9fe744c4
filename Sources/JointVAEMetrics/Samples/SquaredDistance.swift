/// The squared distance of two rows of numbers; sums in a fixed order.
func squaredDistance(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
) -> Float {
  // Sixteen sums side by side.
  var sums = SIMD16<Float>(repeating: 0)
  let whole = count / 16 * 16
  for place in stride(from: 0, to: whole, by: 16) {
    let difference =
      UnsafeRawPointer(a + place).loadUnaligned(as: SIMD16<Float>.self)
      - UnsafeRawPointer(b + place).loadUnaligned(as: SIMD16<Float>.self)
    sums += difference * difference
  }
  var sum = sums.sum()
  for place in whole..<count { sum += (a[place] - b[place]) * (a[place] - b[place]) }
  return sum
}
