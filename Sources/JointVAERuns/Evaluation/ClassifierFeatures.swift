import JointVAE
import JointVAEImages
import JointVAEMetrics
import JointVAEModels

/// What a classifier's last hidden layer finds in images of any shape, which become gray and of its size.
///
/// Distances in such features count what tells kinds of images apart more than distances between pixels do.
public struct ClassifierFeatures: ImageFeatures {
  /// The classifier's name, with its version: features of two classifiers cannot be compared.
  public let name: String
  /// The classifier: its encoder ends in the logits of a discrete variable.
  public let classifier: JointVAEModel

  /// The features of the classifier that ships (`SampleClassifier`).
  /// - Throws: as `SampleClassifier.load()`.
  public init() throws { try self.init(SampleClassifier.name, SampleClassifier.load()) }

  /// The features of a classifier for gray images.
  /// - Parameters:
  ///   - name: the classifier's, with its version.
  ///   - classifier: the network.
  public init(_ name: String, _ classifier: JointVAEModel) {
    self.name = name
    self.classifier = classifier
  }

  /// The features of images, `[image, feature]`, and how many each has.
  ///
  /// - Throws: `ModelError.imageShape` for a classifier of colored images.
  public func values(of images: ImageBatch) throws -> (values: [Float], width: Int) {
    let shape = classifier.imageShape
    let size = (width: images.shape.size.width, height: images.shape.size.height)
    let resizer = BilinearResizer(
      from: size, to: (width: shape.size.width, height: shape.size.height))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(images.count * shape.valueCount)
    for index in 0..<images.count {
      let image = Image(
        width: size.width, height: size.height, channels: images.shape.channels,
        pixels: images.bytes(of: index))
      bytes += resizer.resize(image.gray.pixels)
    }
    return try classifier.hiddenUnits(
      of: GrayImages(imageShape: ImageShape(size: shape.size), bytes: bytes))
  }
}

/// Images in memory, one after the other.
private struct GrayImages: ImageSource {
  let imageShape: ImageShape
  let bytes: [UInt8]
  var count: Int { bytes.count / imageShape.valueCount }

  func copyImages(
    at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>
  ) {
    let size = imageShape.valueCount
    for (place, index) in indices.enumerated() {
      _ = destination[place * size..<(place + 1) * size].update(
        fromContentsOf: bytes[index * size..<(index + 1) * size])
    }
  }
}
