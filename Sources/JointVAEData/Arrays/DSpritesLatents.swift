import JointVAEFiles

/// The latents of dSprites' images: color, shape, scale, orientation and position.
///
/// Source: Matthey, Higgins, Hassabis and Lerchner 2017, "dSprites: Disentanglement testing Sprites
/// dataset".
struct DSpritesLatents {
  /// The names of the shapes, in the order of their numbers.
  static let shapeNames = ["square", "ellipse", "heart"]

  /// All but the color, which is always white; shapes as numbers from 0, lengths and positions as
  /// they stand in the file: positions from 0 to 1 over the places a sprite can be.
  let factors: [KnownFactor]
  /// The name of each image's shape.
  let shapeNames: [String]

  /// Takes the columns of `latents_values`, or of `latents_classes`, which hold the numbers of the
  /// values.
  ///
  /// - Throws: `FileError` about `path` when there are not six, or a shape has no name.
  init(_ array: NPYNumbers, areClasses: Bool, path: String) throws {
    guard array.columnCount == 6 else {
      throw FileError(
        path,
        "has \(array.columnCount) latents for each image; expected dSprites' 6: color, shape, scale, "
          + "orientation, x and y")
    }
    // The values of shapes are 1, 2 and 3, their classes 0, 1 and 2.
    let shapes = try array.column(1).enumerated().map { index, value in
      let number = areClasses ? value : value - 1
      guard let shape = Int(exactly: number), Self.shapeNames.indices.contains(shape) else {
        throw FileError(
          path,
          "gives image \(index) the shape \(value); expected \(areClasses ? "0 to 2" : "1 to 3")")
      }
      return shape
    }
    shapeNames = shapes.map { Self.shapeNames[$0] }
    let units: [(String, KnownFactor.Unit)] = [
      ("scale", .imageSides), ("orientation", .radians), ("positionX", .imageSides),
      ("positionY", .imageSides),
    ]
    var factors = [KnownFactor(name: "shape", unit: .classNumber, values: shapes.map(Double.init))]
    for (offset, (name, unit)) in units.enumerated() {
      let values = array.column(2 + offset)
      if let index = values.firstIndex(where: { !$0.isFinite }) {
        throw FileError(
          path, "gives image \(index) the \(name) \(values[index]); expected a number")
      }
      factors.append(
        KnownFactor(name: name, unit: areClasses ? .classNumber : unit, values: values))
    }
    self.factors = factors
  }
}
