import JointVAEFiles

/// Every difference that keeps the tensors of a file from being the weights of a model.
public struct TensorMismatch: DescribedError, Equatable, Sendable {
  /// A name and the shape that goes with it.
  public struct Signature: Hashable, Sendable, CustomStringConvertible {
    /// The tensor's name.
    public var name: String
    /// The length of each axis.
    public var shape: [Int]

    /// The name and shape of a tensor.
    public init(name: String, shape: [Int]) {
      self.name = name
      self.shape = shape
    }

    /// Such as `"fc_mean.bias" [10]`.
    public var description: String { "\(name.quoted) \(shape)" }
  }

  /// A tensor of another shape than the model's.
  public struct WrongShape: Hashable, Sendable {
    /// The tensor's name.
    public var name: String
    /// The model's shape.
    public var expected: [Int]
    /// The file's shape.
    public var found: [Int]
  }

  /// The file the tensors came from.
  public var path: String
  /// What the model has and the file lacks, in the model's order.
  public var missing: [Signature] = []
  /// What the file has and the model lacks, in the file's order.
  public var unexpected: [Signature] = []
  /// What both have with different shapes, in the model's order.
  public var wrongShapes: [WrongShape] = []

  /// Requires the tensors `found` in the file at `path` to be those `expected`, in any order.
  /// - Throws: `TensorMismatch` with every difference.
  public static func check(
    _ found: [NamedTensor], against expected: [Signature], path: String
  ) throws {
    let foundShapes = Dictionary(found.map { ($0.name, $0.shape) }) { first, _ in first }
    let expectedNames = Set(expected.map(\.name))
    var mismatch = TensorMismatch(path: path)
    for tensor in expected {
      guard let shape = foundShapes[tensor.name] else {
        mismatch.missing.append(tensor)
        continue
      }
      if shape != tensor.shape {
        mismatch.wrongShapes.append(
          WrongShape(name: tensor.name, expected: tensor.shape, found: shape))
      }
    }
    mismatch.unexpected = found.filter { !expectedNames.contains($0.name) }
      .map { Signature(name: $0.name, shape: $0.shape) }
    guard mismatch == TensorMismatch(path: path) else { throw mismatch }
  }

  /// A first line with the counts, then a line for each difference.
  public var description: String {
    let lines =
      missing.map { "missing: \($0)" } + unexpected.map { "unexpected: \($0)" }
      + wrongShapes.map { "shape: \($0.name.quoted) is \($0.found); expected \($0.expected)" }
    // A file may claim a million tensors; an error shows only the first ones.
    let shown = lines.prefix(200).map { "\n  \($0)" }.joined()
    let rest = lines.count > 200 ? "\n  and \(lines.count - 200) more" : ""
    return "\(path): its tensors are not those of the model: \(missing.count) missing, "
      + "\(unexpected.count) unexpected, \(wrongShapes.count) of another shape\(shown)\(rest)"
  }
}
