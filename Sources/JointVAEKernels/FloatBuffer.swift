/// A block of floats with an address of its own, zero at first, aligned to a cache line.
public final class FloatBuffer: @unchecked Sendable {
  /// The first number, there for as long as someone holds the buffer. Who writes from several threads must write to
  /// different places.
  public let start: UnsafeMutablePointer<Float>
  /// How many there are.
  public let count: Int

  /// `count` zeros.
  public init(count: Int) {
    precondition(count >= 0)
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    start = bytes.bindMemory(to: Float.self, capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }

  /// All numbers.
  public var values: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: start, count: count)
  }
}
