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
  package init(
    path: String, members arrays: [String], split: DataSplit = .train,
    open: (String) throws -> any ByteSource
  ) throws {
    let names = NPZNames(split)
    guard let member = names.images(among: arrays) else {
      let shown = arrays.prefix(10).map { NPZNames.name(of: $0).quoted }
      throw FileError(
        path,
        arrays.isEmpty
          ? "holds no arrays; expected an .npz file as numpy.savez writes it"
          : "has no array of a name that images have; expected one of "
            + "\(names.imageNames.joined(separator: ", ")), found \(shown.joined(separator: ", "))"
            + (arrays.count > shown.count ? " and more" : ""))
    }
    let images = try NPYImages(source: open(member))
    let count = images.count ?? 0
    func numbers(_ member: String) throws -> (NPYNumbers, path: String) {
      let source = try open(member)
      return (try NPYNumbers(source, rowCount: count, of: images.path), source.path)
    }
    var labels: ArrayLabels?
    if let member = names.labels(among: arrays) {
      labels = try ArrayLabels(npy: open(member), rowCount: count, of: images.path)
    }
    var factors: [KnownFactor] = []
    for (name, areClasses) in [("latents_values", false), ("latents_classes", true)]
    where factors.isEmpty {
      guard let member = arrays.first(where: { NPZNames.name(of: $0) == name }) else { continue }
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

/// The names that arrays of an .npz file have, the likeliest first.
struct NPZNames {
  let imageNames: [String]
  private let labelNames: [String]

  /// The names of `split`, then those that tell no parts apart.
  init(_ split: DataSplit) {
    let part = split.rawValue
    imageNames = [
      "x_\(part)", "\(part)_images", "\(part)_x", "imgs", "images", "x", "data", "arr_0",
    ]
    labelNames = ["y_\(part)", "\(part)_labels", "\(part)_y", "labels", "label", "y", "targets"]
  }

  /// The array of images; the only one there is, whatever its name.
  func images(among members: [String]) -> String? {
    first(of: imageNames, among: members) ?? (members.count == 1 ? members.first : nil)
  }

  func labels(among members: [String]) -> String? {
    first(of: labelNames, among: members)
  }

  /// What the array of a member is called: numpy.savez adds an ending to its name.
  static func name(of member: String) -> String {
    member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
  }

  private func first(of names: [String], among members: [String]) -> String? {
    for name in names {
      if let member = members.first(where: { Self.name(of: $0).lowercased() == name }) {
        return member
      }
    }
    return nil
  }
}
