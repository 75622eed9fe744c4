import JointVAE
import JointVAEFiles

/// A data set in memory: images of one shape, and what is known of them.
///
/// A value: subsets and parts share the pixels of the whole and cost a few bytes an image.
public struct LabeledImages: LabeledImageSource {
  /// Such as `mnist`.
  public let name: String
  /// Which part of the data set this is, such as `train` or `train, first 1000`.
  public let part: String
  /// Where the images come from, for people: a file, or `generated from seed 1`.
  public let origin: String
  /// The shape of every image.
  public let imageShape: ImageShape
  /// The number of images.
  public let count: Int
  /// The number of each image's class, an index of `classNames`; nil when unknown.
  public let labels: [Int]?
  /// The names of the classes; empty without labels.
  public let classNames: [String]
  /// Known factors of the images; empty for most data sets.
  public let factors: [KnownFactor]

  /// The names and values of `factors`.
  public var factorValues: [(name: String, values: [Double])] {
    factors.map { ($0.name, $0.values) }
  }

  /// What was found in the files and done to their images; nil for images that were drawn.
  public let preparation: PreparationReport?

  /// Pixels of all images the data set was read with: `[position, y, x, channel]`.
  private let pixels: PixelStorage
  /// The position of each image in `pixels`; nil when they are all there in order.
  private let positions: [Int]?

  /// A data set of `pixels`.
  ///
  /// - Parameters:
  ///   - name: what reports call the data set, such as `mnist`.
  ///   - part: which part of the data set this is.
  ///   - origin: where the images come from, for people.
  ///   - imageShape: the shape of every image.
  ///   - pixels: `[image, y, x, channel]`, 0 black to 255 white.
  ///   - labels: one an image, each an index of `classNames`.
  ///   - classNames: the names of the classes.
  ///   - factors: each with one value an image.
  /// - Throws: `DataSetError` when there is no image, or the lengths disagree, or a label has no
  ///   class.
  public init(
    name: String, part: String = "all", origin: String, imageShape: ImageShape, pixels: [UInt8],
    labels: [Int]? = nil, classNames: [String] = [], factors: [KnownFactor] = []
  ) throws {
    guard (1...DataLimits.largestSide).contains(imageShape.height),
      (1...DataLimits.largestSide).contains(imageShape.width),
      [1, 3, 4].contains(imageShape.channels)
    else {
      throw DataSetError(
        name,
        "has images of \(imageShape) values; expected sides of 1 to \(DataLimits.largestSide) "
          + "pixels of 1, 3 or 4 values")
    }
    let (count, rest) = pixels.count.quotientAndRemainder(dividingBy: imageShape.valueCount)
    guard rest == 0, count > 0 else {
      throw DataSetError(
        name,
        "has \(pixels.count) values; expected a multiple of the \(imageShape.valueCount) of one "
          + "image, and at least one image")
    }
    if let labels {
      guard labels.count == count else {
        throw DataSetError(
          name, "has \(labels.count) labels for \(count) images; expected one each")
      }
      if let image = labels.firstIndex(where: { !classNames.indices.contains($0) }) {
        throw DataSetError(
          name,
          "labels image \(image) with class \(labels[image]); expected one of the "
            + "\(classNames.count) classes, counted from 0")
      }
    }
    for factor in factors where factor.values.count != count {
      throw DataSetError(
        name,
        "has \(factor.values.count) values of \(factor.name) for \(count) images; expected one each"
      )
    }
    self.init(
      name: name, part: part, origin: origin, imageShape: imageShape, count: count, labels: labels,
      classNames: labels == nil ? [] : classNames, factors: factors, preparation: nil,
      pixels: PixelStorage(pixels, valueCount: imageShape.valueCount), positions: nil)
  }

  /// A data set whose parts fit each other.
  ///
  /// - Parameter positions: of each image in `pixels`; nil when they are all there in order.
  init(
    name: String, part: String, origin: String, imageShape: ImageShape, count: Int, labels: [Int]?,
    classNames: [String], factors: [KnownFactor], preparation: PreparationReport?,
    pixels: PixelStorage, positions: [Int]?
  ) {
    self.name = name
    self.part = part
    self.origin = origin
    self.imageShape = imageShape
    self.count = count
    self.labels = labels
    self.classNames = classNames
    self.factors = factors
    self.preparation = preparation
    self.pixels = pixels
    self.positions = positions
  }

  /// Copies images `indices`, one after the other, to `destination`: `[index, y, x, channel]`, 0
  /// black to 255 white.
  ///
  /// - Parameters:
  ///   - indices: numbers below `count`, in any order.
  ///   - destination: `indices.count * imageShape.valueCount` bytes.
  public func copyImages(
    at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>
  ) {
    let length = imageShape.valueCount
    precondition(destination.count >= indices.count * length, "the destination is too small")
    pixels.withBytes { bytes in
      for (slot, index) in indices.enumerated() {
        precondition(index >= 0 && index < count, "there is no image of this number")
        let image = destination[slot * length..<(slot + 1) * length]
        pixels.copyImage(
          positions?[index] ?? index, of: bytes,
          to: UnsafeMutableBufferPointer(rebasing: image))
      }
    }
  }

  /// The values of image `index`: `[y, x, channel]`.
  ///
  /// - Precondition: `index` is a number below `count`.
  public func image(_ index: Int) -> [UInt8] {
    [UInt8](filling: imageShape.valueCount) { buffer, initialized in
      copyImages(at: [index], to: buffer)
      initialized = imageShape.valueCount
    }
  }

  /// The images `indices`, in that order, as the part of this data set called `part`; the pixels
  /// are shared.
  ///
  /// - Parameters:
  ///   - part: its description; this one's when nil.
  ///   - classes: the numbers of the classes to keep, in their new order; nil keeps all. Every
  ///     image of `indices` must be of one of them.
  /// - Precondition: all of `indices` are numbers below `count`.
  func selecting(_ indices: [Int], part: String? = nil, classes: [Int]? = nil) -> LabeledImages {
    let newNumbers = classes.map { Dictionary(uniqueKeysWithValues: zip($0, $0.indices)) }
    return LabeledImages(
      name: name, part: part ?? self.part, origin: origin, imageShape: imageShape,
      count: indices.count,
      labels: labels.map { labels in
        indices.map { index in newNumbers?[labels[index]] ?? labels[index] }
      },
      classNames: classes.map { $0.map { classNames[$0] } } ?? classNames,
      factors: factors.map { factor in
        KnownFactor(
          name: factor.name, unit: factor.unit, values: indices.map { factor.values[$0] })
      },
      preparation: preparation, pixels: pixels, positions: indices.map { positions?[$0] ?? $0 })
  }
}

/// Why there is no such data set, in a sentence for the user.
///
/// What is wrong with a file is a `FileError`.
public struct DataSetError: DescribedError, Equatable, Sendable {
  /// The data set's name or path as the caller gave it.
  public var dataSet: String
  /// What is wrong, what was expected and what to do, without the name.
  public var problem: String
  /// Whether `JointVAEDownload` can get the files that are missing.
  public var isDownloadable: Bool

  /// An error about `dataSet`.
  public init(_ dataSet: String, _ problem: String, isDownloadable: Bool = false) {
    self.dataSet = dataSet
    self.problem = problem
    self.isDownloadable = isDownloadable
  }

  /// `dataSet: problem`.
  public var description: String { "\(dataSet): \(problem)" }
}
