/// The nearest of up to 256 positions, sixteen compared at a time.
struct NearestPosition {
  private var blocks: [(x: SIMD16<Float>, y: SIMD16<Float>, z: SIMD16<Float>)] = []

  init(_ positions: [SIMD4<Float>]) {
    let far = SIMD16<Float>(repeating: 1e9)
    for start in stride(from: 0, to: positions.count, by: 16) {
      var block = (x: far, y: far, z: far)
      for index in start..<min(start + 16, positions.count) {
        block.x[index - start] = positions[index].x
        block.y[index - start] = positions[index].y
        block.z[index - start] = positions[index].z
      }
      blocks.append(block)
    }
  }

  /// The number of the nearest position; the lowest of those equally near.
  func index(of position: SIMD4<Float>) -> Int {
    var best = SIMD16<Float>(repeating: .infinity)
    var bestBlock = SIMD16<Int32>(repeating: 0)
    for (number, block) in blocks.enumerated() {
      let x = block.x - position.x
      let y = block.y - position.y
      let z = block.z - position.z
      let distance = x * x + y * y + z * z
      let isNearer = distance .< best
      best.replace(with: distance, where: isNearer)
      bestBlock.replace(with: Int32(number), where: isNearer)
    }
    var nearest = 0
    for lane in 1..<16 {
      let isNearer =
        best[lane] < best[nearest]
        || (best[lane] == best[nearest] && bestBlock[lane] < bestBlock[nearest])
      if isNearer { nearest = lane }
    }
    return Int(bestBlock[nearest]) * 16 + nearest
  }
}
