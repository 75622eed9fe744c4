#if !arch(wasm32)
  import CLibrary
#endif

/// A block of floats with an address of its own, zero at first, aligned to a cache line.
///
/// Of a large block, the system provides the pages that are written to: a process that has a part of a batch needs the memory
/// of that part.
public final class FloatBuffer: @unchecked Sendable {
  /// The first number, there for as long as someone holds the buffer. Who writes from several threads must write to
  /// different places.
  public let start: UnsafeMutablePointer<Float>
  /// How many there are.
  public let count: Int
  private let memory: UnsafeMutableRawPointer

  private static let alignment = 64

  /// `count` zeros.
  public init(count: Int) {
    precondition(count >= 0)
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride + Self.alignment
    #if arch(wasm32)
      memory = .allocate(byteCount: bytes, alignment: Self.alignment)
      memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    #else
      if let zeros = calloc(1, bytes) {
        memory = zeros
      } else {
        // Swift's own allocation ends the program where memory is short, and says so.
        memory = .allocate(byteCount: bytes, alignment: Self.alignment)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
      }
    #endif
    start = memory.alignedUp(toMultipleOf: Self.alignment)
      .bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    #if arch(wasm32)
      memory.deallocate()
    #else
      free(memory)
    #endif
  }

  /// All numbers.
  public var values: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: start, count: count)
  }
}
