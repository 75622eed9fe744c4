/// An array with a name and a shape, as checkpoint files hold it: row-major, the last index fastest.
public struct NamedTensor: Equatable, Sendable {
  /// The name within its file, such as `fc_mean.weight`.
  public var name: String
  /// The length of each axis; empty for a single number.
  public var shape: [Int]
  /// The numbers.
  public var elements: Elements

  /// The numbers of a tensor by their type.
  public enum Elements: Equatable, Sendable {
    /// IEEE 754 binary32.
    case float32([Float])
    /// IEEE 754 binary64.
    case float64([Double])
    /// Signed 64-bit integers.
    case int64([Int64])
    /// Unsigned bytes.
    case uint8([UInt8])
  }

  /// A tensor of `elements`, whose number is the product of `shape`.
  public init(name: String, shape: [Int], elements: Elements) {
    self.name = name
    self.shape = shape
    self.elements = elements
  }

  /// A tensor of 32-bit floating-point numbers.
  public init(name: String, shape: [Int], floats: [Float]) {
    self.init(name: name, shape: shape, elements: .float32(floats))
  }

  /// The number of elements its shape asks for.
  public var elementCount: Int { shape.reduce(1, *) }

  /// The elements as 32-bit floating-point numbers, the nearest ones where they are of another type.
  public var floats: [Float] {
    switch elements {
    case .float32(let values): values
    case .float64(let values): values.map { Float($0) }
    case .int64(let values): values.map { Float($0) }
    case .uint8(let values): values.map { Float($0) }
    }
  }
}
