import JointVAEMetrics
import JointVAE
import JointVAEImages

/// Pictures of what a model has learned, laid out as the reference lays them out: 2 black pixels around every image.
public enum Pictures {
  /// Images of codes that are drawn.
  ///
  /// - Parameters:
  ///   - model: the model to draw from.
  ///   - source: what codes are drawn from.
  ///   - count: how many images to draw.
  ///   - columns: images in a row.
  ///   - fixed: variables that keep a value; the others are drawn.
  ///   - categories: categories of discrete variable `variable` to draw in turn; empty for any.
  ///   - variable: the discrete variable that `categories` are of.
  ///   - seed: what the images are drawn from.
  ///   - scale: pixels a side that each pixel becomes.
  /// - Throws: `ConfigurationError` for more images than there is room for; what `JointVAEModel.sample` throws.
  public static func samples(
    of model: JointVAEModel, from source: LatentSource = .prior, count: Int = 64, columns: Int = 8,
    fixing fixed: [FixedLatent] = [], amongCategories categories: [Int] = [], of variable: Int = 0,
    seed: UInt64 = 1, scale: Int = 1
  ) throws -> Image {
    try requireRoom(count, model.imageShape)
    guard !categories.isEmpty else {
      let batch = try model.sample(count, from: source, fixing: fixed, seed: seed)
      return try layout(batch.images, columns: min(columns, count), scale: scale)
    }
    // From the prior, the draws of all other variables are the same, whichever categories are asked for.
    let ofCategories = try categories.map { category in
      try model.sampleCodes(
        count, from: source, fixing: fixed + [.discrete(variable, category: category)], seed: seed)
    }
    let codes = (0..<count).map { ofCategories[$0 % categories.count][$0] }
    return try layout(model.decode(codes).images, columns: min(columns, count), scale: scale)
  }

  /// Images above their reconstructions: the upper half of the rows, then the lower.
  ///
  /// - Throws: `ModelError` when the images have another shape than the model's, `ImageError` when there are none.
  public static func reconstructions(
    of model: JointVAEModel, images: ImageBatch, columns: Int = 8, scale: Int = 1
  ) throws -> Image {
    let columns = max(1, min(columns, images.count))
    let black = Image(
      width: images.shape.width, height: images.shape.height, channels: images.shape.channels)
    // A last row that is not full is filled up, so that each reconstruction stands below its original.
    let gap = Array(repeating: black, count: (columns - images.count % columns) % columns)
    let reconstructed = try model.reconstruct(images)
    return try layout(
      images.images + gap + reconstructed.images + gap, columns: columns, scale: scale)
  }

  /// A row for each of `variables`, which takes its values from left to right.
  ///
  /// - Parameters:
  ///   - model: the model to draw from.
  ///   - variables: the latents to show, from top to bottom.
  ///   - traversal: what the other latents keep.
  ///   - count: points of a row; nil for as many as show every category.
  ///   - kl: when given, each row shows its latent's KL.
  ///   - scale: pixels a side that each pixel becomes.
  /// - Throws: `ConfigurationError` for more images than there is room for.
  public static func traversals(
    of model: JointVAEModel, variables: [LatentVariable], from traversal: LatentTraversal,
    count: Int? = nil, kl: LatentInformation? = nil, scale: Int = 1
  ) throws -> Image {
    try traversals(
      of: model, variables: variables, from: traversal,
      count: count ?? LatentTraversal.pointCount(for: model.latents),
      rowLabels: kl.map { variables.map($0.label) }, scale: scale)
  }

  /// The same with a text beside each row.
  package static func traversals(
    of model: JointVAEModel, variables: [LatentVariable], from traversal: LatentTraversal,
    count: Int, rowLabels: [String]?, scale: Int
  ) throws -> Image {
    try requireRoom(multiplying: variables.count, by: count, model.imageShape)
    let batch = try model.decode(traversal.all(variables, count: count))
    return try layout(batch.images, columns: count, scale: scale, rowLabels: rowLabels)
  }

  /// Two latents against each other, a discrete one with as many points as it has categories.
  ///
  /// - Throws: `ConfigurationError` for more images than there is room for.
  public static func grid(
    of model: JointVAEModel, rows: LatentVariable, columns: LatentVariable,
    from traversal: LatentTraversal, count: Int = 8, scale: Int = 1
  ) throws -> Image {
    func points(_ variable: LatentVariable) -> Int {
      if case .discrete(let index) = variable { model.latents.discrete[index] } else { count }
    }
    let width = points(columns)
    try requireRoom(multiplying: points(rows), by: width, model.imageShape)
    let codes = traversal.grid(rows: (rows, points(rows)), columns: (columns, width))
    return try layout(try model.decode(codes).images, columns: width, scale: scale)
  }

  /// Values of all images of a picture beyond which it is taken for a slip; as floats they take 256 MB.
  private static let valueLimit = 1 << 26

  /// - Throws: `ConfigurationError` when a picture of `count` images would take too much memory.
  static func requireRoom(_ count: Int, _ shape: ImageShape) throws {
    let limit = valueLimit / shape.valueCount
    guard count <= limit else {
      throw ConfigurationError(
        "picture", "\(count) images of \(shape)", expected: "at most \(limit) of them")
    }
  }

  static func requireRoom(
    multiplying rows: Int, by columns: Int, _ shape: ImageShape
  ) throws {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    try requireRoom(overflow ? .max : count, shape)
  }

  /// Tiles in rows.
  package static func layout(
    _ tiles: [Image], columns: Int, scale: Int = 1, rowLabels: [String]? = nil,
    columnLabels: [String]? = nil
  ) throws -> Image {
    try ImageGrid(
      columns: columns, scale: scale, rowLabels: rowLabels ?? [], columnLabels: columnLabels ?? []
    ).picture(of: tiles)
  }
}

extension ImageBatch {
  /// Each image as a picture of its own, for files and PNG bytes.
  public var images: [Image] {
    (0..<count).map {
      Image(
        width: shape.width, height: shape.height, channels: shape.channels, pixels: bytes(of: $0))
    }
  }
}
