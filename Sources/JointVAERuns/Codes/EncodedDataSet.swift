import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEMetrics

/// The codes of a data set's images, with what else is known of the images.
public struct EncodedDataSet: Sendable {
  /// The parameters of q(z, c | x) of every image.
  public let encoding: Encoding
  /// The images that were encoded: their labels, classes and factors.
  public let images: LabeledImages
  /// The names of the first discrete variable's categories; nil without names.
  public let categoryNames: CategoryNames?

  /// Which categories stand for one thing; nil where each stands for itself.
  public let categoryGroups: CategoryGroups?

  /// Encodes `images`.
  ///
  /// - Parameters:
  ///   - images: of the model's shape.
  ///   - stored: the model.
  ///   - compute: threads and instructions; part of the speed, not of the result.
  /// - Throws: `ModelError` for images of another shape.
  public init(_ images: LabeledImages, by stored: StoredModel, compute: Compute = .automatic) throws
  {
    encoding = try stored.model.using(compute).encode(images, at: Array(0..<images.count))
    self.images = images
    categoryNames = stored.categoryNames
    categoryGroups = stored.categoryGroups
  }

  /// Writes the codes as a table when `path` ends in `.csv`, as arrays when it ends in `.npz`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - withPixels: whether arrays have the images beside their codes; a table never has.
  /// - Throws: `FileError` when the file cannot be written.
  public func write(to path: String, withPixels: Bool = false) throws {
    if path.lowercased().hasSuffix(".csv") {
      try AtomicFile.write(table(), to: path)
    } else {
      try archive(withPixels: withPixels).write(to: path)
    }
  }

  /// The arrays: `mean` and `log_variance` `[image, D]`; for each discrete variable i `probabilities.i` `[image, K]` and
  /// `category.i`, the most probable; `group.i` of merged categories; `label`, `class_names`, `category_names` and `factor.NAME`, where they are known.
  ///
  /// - Parameter withPixels: whether there is `pixels` `[image, y, x, channel]`, too: the images as they were encoded, 0 black
  ///   to 255 white.
  public func archive(withPixels: Bool = false) -> NumPyArchive {
    let latents = encoding.latents
    let count = encoding.count
    var archive = NumPyArchive()
    archive.add("mean", shape: [count, latents.continuous], .float32(encoding.mean))
    archive.add("log_variance", shape: [count, latents.continuous], .float32(encoding.logVariance))
    for (variable, categories) in latents.discrete.enumerated() {
      archive.add(
        "probabilities.\(variable)", shape: [count, categories],
        .float32(encoding.probabilities[variable]))
      archive.add("category.\(variable)", .int64(self.categories(of: variable).map(Int64.init)))
    }
    if let groups = categoryGroups {
      archive.add("group.\(groups.variable)", .int64(self.groups(groups).map(Int64.init)))
    }
    if let labels = images.labels {
      archive.add("label", .int64(labels.map(Int64.init)))
      archive.add("class_names", .text(images.classNames))
    }
    if let categoryNames { archive.add("category_names", .text(categoryNames.names)) }
    if withPixels {
      let shape = images.imageShape
      archive.add(
        "pixels", shape: [count, shape.height, shape.width, shape.channels],
        .uint8(
          [UInt8](filling: count * shape.valueCount) {
            images.copyImages(at: Array(0..<count)[...], to: $0)
            $1 = $0.count
          }))
    }
    for factor in images.factors { archive.add("factor.\(factor.name)", .float64(factor.values)) }
    return archive
  }

  /// A table with a row for each image: `image`, `label`, `mean.0` and so on, `log_variance.0`, `category.0`, its
  /// `name.0` and `group.0`, `probabilities.0.0`, `factor.NAME`; what is not known has no column.
  public func table() -> String {
    let latents = encoding.latents
    let variables = latents.discrete.indices
    var header = ["image"] + (images.labels == nil ? [] : ["label"])
    header += (0..<latents.continuous).map { "mean.\($0)" }
    header += (0..<latents.continuous).map { "log_variance.\($0)" }
    for variable in variables {
      header.append("category.\(variable)")
      if variable == 0, categoryNames != nil { header.append("name.0") }
      if variable == categoryGroups?.variable { header.append("group.\(variable)") }
      header += (0..<latents.discrete[variable]).map { "probabilities.\(variable).\($0)" }
    }
    header += images.factors.map { "factor.\($0.name)".csvField }
    let categories = variables.map { self.categories(of: $0) }
    let groups = categoryGroups.map(self.groups)
    var lines = [header.joined(separator: ",")]
    for image in 0..<encoding.count {
      let places = image * latents.continuous..<(image + 1) * latents.continuous
      var row = ["\(image)"]
      if let labels = images.labels { row.append(images.classNames[labels[image]].csvField) }
      row += encoding.mean[places].map { "\($0)" }
      row += encoding.logVariance[places].map { "\($0)" }
      for variable in variables {
        let category = categories[variable][image]
        row.append("\(category)")
        if variable == 0, let categoryNames { row.append(categoryNames.names[category].csvField) }
        if variable == categoryGroups?.variable, let groups { row.append("\(groups[image])") }
        let width = latents.discrete[variable]
        row += encoding.probabilities[variable][image * width..<(image + 1) * width].map { "\($0)" }
      }
      row += images.factors.map { "\($0.values[image])" }
      lines.append(row.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func groups(_ groups: CategoryGroups) -> [Int] {
    (0..<encoding.count).map { encoding.mostProbableGroup(of: $0, groups) }
  }

  private func categories(of variable: Int) -> [Int] {
    (0..<encoding.count).map { encoding.mostProbableCategory(of: $0, variable: variable) }
  }
}

extension String {
  /// The text as a field of a CSV (RFC 4180): in quotes where it has a comma, a quote or a line break.
  fileprivate var csvField: String {
    guard contains(where: { ",\"\n\r".contains($0) || $0.isNewline }) else { return self }
    return "\"\(replacing("\"", with: "\"\""))\""
  }
}
