import JointVAEFiles

/// A run of numbers of one type that tensors are views of, not yet read.
struct TensorStorage: Equatable {
  /// The name of the run in its file.
  var key: String
  var type: StorageType
  /// Elements of the whole run.
  var count: Int
  /// Where this storage's own elements stand in the run: all of it, but for PyTorch 0.x's storage views.
  var elements: Range<Int>
}

/// What the numbers of a storage are.
enum StorageType: Equatable {
  case read(StoredType)
  /// Numbers that no model has, by the name of their storage class.
  case skipped(String, width: Int)

  /// Bytes an element.
  var width: Int {
    switch self {
    case .read(let type): type.width
    case .skipped(_, let width): width
    }
  }

  /// The name of the storage class in the Python module `torch`.
  var storageClass: String {
    switch self {
    case .read(let type): type.storageClass
    case .skipped(let name, _): name
    }
  }
}

/// A tensor as PyTorch saves it: element `i, j, ...` is number `offset + i * strides[0] + j * strides[1] + ...`
/// of a storage.
struct TensorView: Equatable {
  let storage: TensorStorage
  let shape: [Int]
  let strides: [Int]
  /// Where it starts in the whole run, in elements.
  let offset: Int
  /// The number of elements.
  let count: Int

  /// Axes beyond which a shape is taken for damage; PyTorch itself stops at 64.
  private static let rankLimit = 32

  /// A view that reaches no element outside of its storage.
  /// - Throws: `MalformedData`.
  init(storage: TensorStorage, offset: Int, shape: [Int], strides: [Int]) throws {
    guard shape.count == strides.count, shape.count <= Self.rankLimit else {
      throw MalformedData(
        "a tensor has \(shape.count) axes and \(strides.count) strides; "
          + "expected the same number, at most \(Self.rankLimit)")
    }
    guard offset >= 0, strides.allSatisfy({ $0 >= 0 }),
      let count = TensorSize.elementCount(shape: shape)
    else {
      throw MalformedData(
        "a tensor has shape \(shape), strides \(strides) and offset \(offset), "
          + "which is negative or more than memory can hold")
    }
    let extent = count == 0 ? 0 : Self.extent(offset: offset, shape: shape, strides: strides)
    guard let extent, extent <= storage.elements.count else {
      throw MalformedData(
        "a tensor of shape \(shape), strides \(strides) and offset \(offset) reaches outside its "
          + "storage \(storage.key.quoted) of \(storage.elements.count) elements")
    }
    self.storage = storage
    self.shape = shape
    // Nothing moves along an axis of one element, so its stride may be anything.
    self.strides = zip(shape, strides).map { length, stride in length == 1 ? 0 : stride }
    self.offset = storage.elements.lowerBound + (count == 0 ? 0 : offset)
    self.count = count
  }

  /// One more than the place of the last element, or nil when that leaves `Int`.
  private static func extent(offset: Int, shape: [Int], strides: [Int]) -> Int? {
    var end = offset
    for (length, stride) in zip(shape, strides) {
      let (reach, overflow) = (length - 1).multipliedReportingOverflow(by: stride)
      let (sum, carry) = end.addingReportingOverflow(reach)
      guard !overflow, !carry else { return nil }
      end = sum
    }
    return end == .max ? nil : end + 1
  }

  /// The elements, row-major, from the bytes of the storage's whole run.
  func elements(of run: UnsafeRawBufferPointer, as type: StoredType) -> NamedTensor.Elements {
    isContiguous
      ? type.elements(of: run, at: offset..<offset + count)
      : type.elements(of: run, at: Indices(view: self))
  }

  /// Whether its elements stand one after the other in row-major order.
  private var isContiguous: Bool {
    guard count > 0 else { return true }
    var expected = 1
    for (length, stride) in zip(shape, strides).reversed() where length != 1 {
      if stride != expected { return false }
      expected *= length
    }
    return true
  }

  /// The places of a view's elements in the run, in row-major order.
  private struct Indices: Sequence, IteratorProtocol {
    let view: TensorView
    private var position: [Int]
    private var index: Int
    private var rest: Int

    init(view: TensorView) {
      self.view = view
      position = view.shape.map { _ in 0 }
      index = view.offset
      rest = view.count
    }

    var underestimatedCount: Int { rest }

    mutating func next() -> Int? {
      guard rest > 0 else { return nil }
      rest -= 1
      defer { if rest > 0 { advance() } }
      return index
    }

    /// Counts up like an odometer, the last axis fastest.
    private mutating func advance() {
      for axis in position.indices.reversed() {
        position[axis] += 1
        index += view.strides[axis]
        guard position[axis] == view.shape[axis] else { return }
        index -= view.strides[axis] * view.shape[axis]
        position[axis] = 0
      }
    }
  }
}
