import JointVAEFiles

/// The images of an .npz file, a zip of .npy arrays, with their labels and known factors.
///
/// Images are the first there is of `imgs`, `images`, `x`, `data`, `x_train` and more such names, or
/// the only array; labels the first of `labels`, `label`, `y` and so on. dSprites' `latents_values`
/// or `latents_classes` become factors, and its shapes the labels.
package final class NPZImages: ImageArrayReader {
  package var path: String { images.path }
  package var height: Int { images.height }
  package var width: Int { images.width }
  package var channels: Int { images.channels }
  package var count: Int? { images.count }
  package var isBinary: Bool { images.isBinary }

  private let images: NPYImages
  private let allLabels: ArrayLabels?
  private let allFactors: [KnownFactor]

  /// Finds the arrays and reads all but the images.
  ///
  /// - Parameters:
  ///   - path: the archive, for messages.
  ///   - arrays: the names of the arrays in it.
  ///   - split: which part, where the names tell parts apart, as `x_train` and `x_test` do.
  ///   - open: the unpacked bytes of a member; several may be open at once.
  /// - Throws: `FileError` when there are no images, or an array is not what its name says, or what
  ///   `open` throws.
  package convenience init(
    path: String, members arrays: [String], split: DataSplit = .train,
    open: (String) throws -> any ByteSource
  ) throws {
    let set = ArraySet(arrays, split: split, open: open)
    guard let member = set.images else {
      let shown = arrays.map { ArraySet.shortName($0).quoted }
      throw FileError(
        path,
        arrays.isEmpty
          ? "holds no arrays; expected an .npz file as numpy.savez writes it"
          : "has no array of a name that images have; expected one of "
            + "x_\(split.rawValue), \(split.rawValue)_images, \(split.rawValue)_x, imgs, images, x, data, arr_0, "
            + "found \(NameList.text(shown))")
    }
    try self.init(path: path, images: member, labels: set.labels, others: arrays, open: open)
  }

  /// Reads all but the images of arrays that are known.
  ///
  /// - Parameters:
  ///   - path: what holds the arrays, for messages.
  ///   - images: the name of the images.
  ///   - labels: the name of the labels; nil when there are none.
  ///   - arrays: the names of all arrays, of which some may be dSprites' latents.
  ///   - open: the bytes of an array.
  /// - Throws: `FileError` when an array is not what it should be; what `open` throws.
  init(
    path: String, images member: String, labels labelMember: String?, others arrays: [String] = [],
    open: (String) throws -> any ByteSource
  ) throws {
    let images = try NPYImages(source: open(member))
    let count = images.count ?? 0
    func numbers(_ member: String) throws -> (NPYNumbers, path: String) {
      let source = try open(member)
      return (try NPYNumbers(source, rowCount: count, of: images.path), source.path)
    }
    var labels: ArrayLabels?
    if let member = labelMember {
      labels = try ArrayLabels(npy: open(member), rowCount: count, of: images.path)
    }
    var factors: [KnownFactor] = []
    for (name, areClasses) in [("latents_values", false), ("latents_classes", true)]
    where factors.isEmpty {
      guard let member = arrays.first(where: { ArraySet.shortName($0) == name }) else { continue }
      let (array, path) = try numbers(member)
      let latents = try DSpritesLatents(array, areClasses: areClasses, path: path)
      factors = latents.factors
      labels = labels ?? .names(latents.shapeNames)
    }
    self.images = images
    allLabels = labels
    allFactors = factors
  }

  package func expect(_ expectation: PixelExpectation) throws { try images.expect(expectation) }
  package var values: PixelValues? { images.values }

  package func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try images.read(limit, into: buffer)
  }

  package var labels: ArrayLabels? { allLabels?.prefix(images.position) }

  package var factors: [KnownFactor] {
    guard images.position < images.count ?? 0 else { return allFactors }
    return allFactors.map { factor in
      KnownFactor(
        name: factor.name, unit: factor.unit, values: Array(factor.values.prefix(images.position)))
    }
  }
}
