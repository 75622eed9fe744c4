import JointVAEKernels

/// The planes between a network's layers as they lie in memory: with the room that the layers on both sides ask for.
struct PlaneRooms {
  /// What goes into each layer and, last, what comes out of the last one; nil for vectors.
  let planes: [Plane?]

  init(_ layers: [NetworkLayer]) {
    var planes: [Plane?] = layers.map { Plane($0.input) }
    planes.append(layers.last.flatMap { Plane($0.output) })
    for (index, layer) in layers.enumerated() {
      switch layer.kind {
      case .convolution: Self.makeRoom(in: &planes, big: index, small: index + 1)
      case .transposedConvolution: Self.makeRoom(in: &planes, big: index + 1, small: index)
      case .sameConvolution:
        Self.makeColumns(in: &planes, index)
        Self.makeColumns(in: &planes, index + 1)
      case .dense, .heads: break
      }
    }
    self.planes = planes
  }

  /// The plane that layer `index` takes.
  func input(_ index: Int) -> Plane { plane(index) }

  /// The plane that layer `index` gives.
  func output(_ index: Int) -> Plane { plane(index + 1) }

  private func plane(_ index: Int) -> Plane {
    guard let plane = planes[index] else { preconditionFailure("a convolution between vectors") }
    return plane
  }

  private static func makeColumns(in planes: inout [Plane?], _ index: Int) {
    guard let plane = planes[index] else { return }
    planes[index]?.columns = max(plane.columns, SameConvolution.columns(width: plane.width))
  }

  private static func makeRoom(in planes: inout [Plane?], big: Int, small: Int) {
    guard let bigPlane = planes[big], let smallPlane = planes[small] else { return }
    let room = StridedConvolution.room(small: smallPlane, isImage: bigPlane.channels % 32 != 0)
    planes[big]?.rows = max(bigPlane.rows, 2 * room.rows)
    planes[big]?.columns = max(bigPlane.columns, 2 * room.columns)
    planes[small]?.rows = max(smallPlane.rows, room.rows)
    planes[small]?.columns = max(smallPlane.columns, room.columns)
  }
}

extension Plane {
  /// The plane of this shape, without further room; nil for a vector.
  fileprivate init?(_ shape: LayerShape) {
    guard case .planes(let height, let width, let channels) = shape else { return nil }
    self.init(height: height, width: width, channels: channels)
  }
}
