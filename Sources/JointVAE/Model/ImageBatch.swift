import JointVAEKernels
import JointVAEFiles

/// Images as numbers from 0 (black) to 1 (white): `[image, y, x, channel]`.
public struct ImageBatch: Equatable, Sendable {
  /// The shape of each.
  public let shape: ImageShape
  /// All values, `count * shape.valueCount` of them.
  public let values: [Float]

  /// - Precondition: `values` are whole images.
  public init(shape: ImageShape, values: [Float]) {
    precondition(values.count % shape.valueCount == 0)
    self.shape = shape
    self.values = values
  }

  /// Images `indices` of a source.
  public init(_ source: some ImageSource, at indices: some Sequence<Int>) {
    let indices = Array(indices)
    let shape = source.imageShape
    let bytes = [UInt8](filling: indices.count * shape.valueCount) {
      source.copyImages(at: indices[...], to: $0)
      $1 = $0.count
    }
    self.init(shape: shape, values: bytes.map { Float($0) / 255 })
  }

  /// How many images there are.
  public var count: Int { values.count / shape.valueCount }

  /// Image `index` as bytes, `[y, x, channel]`: 0 black, 255 white, rounded to the nearest. What is no number is black: the
  /// weights of a training may run away before it ends.
  public func bytes(of index: Int) -> [UInt8] {
    let start = index * shape.valueCount
    return values[start..<start + shape.valueCount].map {
      UInt8((($0 > 0 ? min($0, 1) : 0) * 255).rounded())
    }
  }
}

extension ImageBatch {
  /// `count` of the images of a source, spread over all of it, or all of a smaller source: they show every class of a sorted
  /// one, and of one whose classes take turns.
  public init(evenlyFrom source: some ImageSource, count: Int) {
    self.init(source, at: Self.places(count, spreadOver: source.count))
  }

  /// One place in each of `count` equal parts of `total` places, where in the part is drawn; all places of fewer.
  ///
  /// At equal distances, a set whose classes take turns would show one or two of them.
  package static func places(_ count: Int, spreadOver total: Int) -> [Int] {
    let count = min(count, total)
    var random = RandomSequence(state: 0)
    return (0..<count).map { part in
      let (start, end) = (part * total / count, (part + 1) * total / count)
      return start + random.number(below: end - start)
    }
  }
}
