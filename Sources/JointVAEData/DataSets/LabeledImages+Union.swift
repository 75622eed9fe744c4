import JointVAEFiles
import JointVAE

extension LabeledImages {
  /// The images of several data sets as one, those of the first set first.
  ///
  /// Classes of the same name become one; the others follow in the order of the sets.
  ///
  /// - Throws: `DataSetError` when the sets' shapes differ, or only some have labels, or memory does
  ///   not hold them.
  static func union(_ parts: [LabeledImages]) throws -> LabeledImages {
    try join(parts, name: parts.map(\.name).joined(separator: "+"))
  }

  /// The parts of one data set as one.
  ///
  /// - Throws: `DataSetError` as `union`, and when light and dark were exchanged in one part only.
  static func joining(_ training: LabeledImages, _ test: LabeledImages) throws -> LabeledImages {
    guard training.preparation?.isInverted == test.preparation?.isInverted else {
      throw DataSetError(
        training.name,
        "is dark on light in one part and light on dark in the other; say for both whether to exchange them"
      )
    }
    return try join([training, test], name: training.name)
  }

  private static func join(_ parts: [LabeledImages], name: String) throws -> LabeledImages {
    guard let first = parts.first else { throw DataSetError(name, "joins no data sets") }
    for part in parts where part.imageShape != first.imageShape {
      throw DataSetError(
        name,
        "joins images of \(first.imageShape) and of \(part.imageShape) values (\(part.name)); "
          + "choose one image size, and gray or color, for all")
    }
    guard parts.allSatisfy({ ($0.labels == nil) == (first.labels == nil) }) else {
      let bare = parts.filter { $0.labels == nil }.map(\.name).joined(separator: ", ")
      throw DataSetError(name, "joins images with labels and without (\(bare)); leave those out")
    }
    var classNames: [String] = []
    var numbers: [ClassName: Int] = [:]
    for className in parts.flatMap(\.classNames) where numbers[ClassName(className)] == nil {
      numbers[ClassName(className)] = classNames.count
      classNames.append(className)
    }
    let count = parts.map(\.count).reduce(0, +)
    guard let length = DataLimits.byteCount(count, first.imageShape.valueCount) else {
      throw DataSetError(name, "is too large for this machine's memory; leave a part out")
    }
    let pixels = [UInt8](filling: length) { buffer, initialized in
      for part in parts {
        let end = initialized + part.count * part.imageShape.valueCount
        part.copyImages(
          at: Array(0..<part.count)[...],
          to: UnsafeMutableBufferPointer(rebasing: buffer[initialized..<end]))
        initialized = end
      }
    }
    let labels = parts.flatMap { part in
      let places = part.classNames.map { numbers[ClassName($0)] ?? 0 }
      return part.labels?.map { places[$0] } ?? []
    }
    let isOne = parts.allSatisfy { $0.name == first.name }
    let origins = isOne && parts.allSatisfy { $0.origin == first.origin } ? [first] : parts
    return LabeledImages(
      name: name,
      part: Set(parts.map(\.part)).count == 1
        ? first.part : parts.map(\.part).joined(separator: " + "),
      origin: origins.map(\.origin).joined(separator: " + "), imageShape: first.imageShape,
      count: count, labels: first.labels == nil ? nil : labels,
      classNames: first.labels == nil ? [] : classNames, factors: isOne ? factors(of: parts) : [],
      preparation: isOne
        ? parts.dropFirst().reduce(first.preparation) { $0?.including($1.preparation) } : nil,
      pixels: PixelStorage(pixels, valueCount: first.imageShape.valueCount), positions: nil)
  }

  /// The factors that all parts have, with the values of all.
  private static func factors(of parts: [LabeledImages]) -> [KnownFactor] {
    (parts.first?.factors ?? []).compactMap { factor in
      let found = parts.compactMap { part in
        part.factors.first { $0.name == factor.name && $0.unit == factor.unit }
      }
      guard found.count == parts.count else { return nil }
      return KnownFactor(name: factor.name, unit: factor.unit, values: found.flatMap(\.values))
    }
  }
}
