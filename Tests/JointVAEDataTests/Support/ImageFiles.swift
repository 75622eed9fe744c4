import JointVAEData
import JointVAEImages
import JointVAEKernels

/// A catalog that looks nowhere by itself and keeps nothing.
let plainCatalog = DataSetCatalog(roots: DataRoots(folders: []))

extension Image {
  /// A gray 16x16 PNG whose every pixel is `number`, by which it is known again.
  static func numbered(_ number: Int) throws -> [UInt8] {
    try Image(width: 16, height: 16, value: UInt8(number)).pngBytes()
  }

  /// A gray or colored image whose values look random and are the same everywhere.
  static func noise(width: Int, height: Int, channels: Int = 1, seed: UInt64) -> Image {
    var random = RandomSequence(state: seed)
    let values = (0..<width * height * channels).map { _ in UInt8(random.number(below: 256)) }
    return Image(width: width, height: height, channels: channels, pixels: values)
  }
}

extension TemporaryFolder {
  /// Writes a numbered image a name, the first number 0; images of more than 63 would not be dark.
  func writeNumbered(_ names: [String]) throws {
    for (number, name) in names.enumerated() { try write(Image.numbered(number), as: name) }
  }
}

extension LabeledImages {
  /// The numbers of numbered images.
  var numbers: [Int] { (0..<count).map { Int(image($0)[0]) } }

  /// The name of each image's class; empty without labels.
  var classes: [String] { labels.map { $0.map { classNames[$0] } } ?? [] }
}
