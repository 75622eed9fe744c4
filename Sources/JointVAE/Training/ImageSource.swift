/// Images by number: all that training and encoding need to know of a data set.
///
/// It may be asked from several threads at once.
public protocol ImageSource: Sendable {
  /// The number of images.
  var count: Int { get }
  /// The shape of every image.
  var imageShape: ImageShape { get }
  /// Copies images `indices`, one after the other, to `destination`: `[index, y, x, channel]`, 0 black to 255 white.
  ///
  /// - Parameters:
  ///   - indices: from 0 to `count - 1`, in any order.
  ///   - destination: `indices.count * imageShape.valueCount` bytes.
  func copyImages(at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>)
}

/// Images with what is known of them besides: enough to evaluate a model on.
///
/// Training never looks at labels or factors.
public protocol LabeledImageSource: ImageSource {
  /// The class of each image, an index of `classNames`; nil when it is not known.
  var labels: [Int]? { get }
  /// The names of the classes; empty without labels.
  var classNames: [String] { get }
  /// What the images were made from, a number an image and factor; empty when it is not known.
  var factorValues: [(name: String, values: [Double])] { get }
}
