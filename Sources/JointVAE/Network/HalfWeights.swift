import JointVAECheckpoints
import JointVAEKernels

/// The weights of a dense layer in 16 bits, for passes whose time goes into reading them: those of few images.
///
/// They are kept only where 16 bits hold every weight exactly, as in a file that was written with 16 bits. So no result
/// changes by a bit, whether a pass reads these or the others.
final class HalfWeights: @unchecked Sendable {
  /// IEEE 754 binary16 numbers in the order of the layer's weights, there for as long as the object.
  let start: UnsafePointer<UInt16>
  private let memory: UnsafeMutablePointer<UInt16>

  /// Nil where a weight has more bits than 16 can hold.
  init?(_ weights: UnsafeBufferPointer<Float>) {
    guard weights.allSatisfy({ Float(binary16: UInt16(binary16: $0)) == $0 }) else { return nil }
    memory = .allocate(capacity: max(weights.count, 1))
    for (index, weight) in weights.enumerated() {
      (memory + index).initialize(to: UInt16(binary16: weight))
    }
    start = UnsafePointer(memory)
  }

  deinit { memory.deallocate() }

  /// For each dense layer of a network; nil for those with a weight of more bits.
  static func all(of weights: Weights) -> [HalfWeights?] {
    zip(weights.network.dense, weights.layout.dense).map { layer, block in
      HalfWeights(
        UnsafeBufferPointer(start: weights.master.start + block.weights, count: layer.weightCount))
    }
  }
}
