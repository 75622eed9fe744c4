import JointVAE
import JointVAEFiles

/// Which images to load, and how to prepare them.
public struct DataSetRequest: Hashable, Sendable {
  /// A known name, such as `mnist`, the path of a file or folder, or several of these joined by
  /// `+`.
  public var dataSet: String
  /// The file or folder that holds the named data set; nil looks for it in the catalog's data
  /// roots.
  public var path: String?
  /// The part wanted, which must be there; nil for `usualSplit`.
  public var split: DataSplit?
  /// The part wanted of a data set that has parts, when `split` is nil; of others all images are.
  public var usualSplit: DataSplit
  /// What becomes of the images. A generated data set is drawn as it is asked for, and never
  /// inverted by itself.
  public var preparation: ImagePreparation
  /// The names of the classes wanted, in the order of their new numbers; nil for all.
  public var classes: [String]?
  /// The most images wanted; of a generated data set, how many to draw. Nil for all of them.
  public var limit: Int?
  /// Shuffles the images before the limit counts them; nil leaves them as they are.
  public var shuffleSeed: UInt64?
  /// The column of a CSV file that holds the labels: its name, its number from 1, `first`, `last` or
  /// `none`; nil to find it.
  public var labelColumn: String?
  /// Whether an image that cannot be read is an error; otherwise it is left out and named.
  public var isStrict: Bool
  /// What a generated data set is drawn from.
  public var seed: UInt64

  /// Height and width of the prepared images in pixels; nil for what suits the files.
  public var imageSize: ImageSize? {
    get { preparation.size }
    set { preparation.size = newValue }
  }

  /// A request for `dataSet`.
  public init(
    _ dataSet: String, path: String? = nil, split: DataSplit? = nil, imageSize: ImageSize? = nil,
    limit: Int? = nil, seed: UInt64 = 1
  ) {
    self.dataSet = dataSet
    self.path = path
    self.split = split
    usualSplit = .train
    preparation = ImagePreparation(size: imageSize)
    self.limit = limit
    isStrict = false
    self.seed = seed
  }

  /// The part wanted where there are parts.
  var wantedSplit: DataSplit { split ?? usualSplit }

  /// The names or paths whose images are joined: one, where `dataSet` is a path that is there.
  public var dataSets: [String] {
    guard dataSet.contains("+"), PathKind(dataSet) == nil else { return [dataSet] }
    return dataSet.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
  }

  /// - Throws: `ConfigurationError` for a size, a limit or a choice of classes that cannot be.
  public func validate() throws {
    try preparation.size?.validate()
    try preparation.values?.validate()
    try preparation.validateAlpha()
    if let limit, limit < 1 {
      throw ConfigurationError("limit", "\(limit)", expected: "at least 1 image")
    }
    if let classes, classes.isEmpty {
      throw ConfigurationError("classes", "none", expected: "at least one class")
    }
  }
}

extension DataSetRequest: Codable {
  private enum CodingKeys: String, CodingKey {
    case dataSet, path, split, usualSplit, imageSize, color, fit, inversion, values, alpha,
      isTransposed,
      classes, limit,
      shuffleSeed
    case labelColumn, isStrict, seed
  }

  /// Reads a request; what is missing has its default, so that older ones can be read.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try values.decode(String.self, forKey: .dataSet),
      path: try values.decodeIfPresent(String.self, forKey: .path),
      split: try values.decodeIfPresent(DataSplit.self, forKey: .split),
      imageSize: try values.decodeIfPresent(ImageSize.self, forKey: .imageSize),
      limit: try values.decodeIfPresent(Int.self, forKey: .limit),
      seed: try values.decode(UInt64.self, forKey: .seed))
    usualSplit =
      try values.decodeIfPresent(DataSplit.self, forKey: .usualSplit) ?? usualSplit
    preparation.color = try values.decodeIfPresent(ImagePreparation.Color.self, forKey: .color)
    preparation.fit =
      try values.decodeIfPresent(ImagePreparation.Fit.self, forKey: .fit) ?? preparation.fit
    preparation.inversion =
      try values.decodeIfPresent(ImagePreparation.Inversion.self, forKey: .inversion)
      ?? preparation.inversion
    preparation.values = try values.decodeIfPresent(ValueRange.self, forKey: .values)
    preparation.alpha = try values.decodeIfPresent(ImagePreparation.Alpha.self, forKey: .alpha)
    preparation.isTransposed = try values.decodeIfPresent(Bool.self, forKey: .isTransposed)
    classes = try values.decodeIfPresent([String].self, forKey: .classes)
    shuffleSeed = try values.decodeIfPresent(UInt64.self, forKey: .shuffleSeed)
    labelColumn = try values.decodeIfPresent(String.self, forKey: .labelColumn)
    isStrict = try values.decodeIfPresent(Bool.self, forKey: .isStrict) ?? false
  }

  /// Writes a request; what is nil is left out.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(dataSet, forKey: .dataSet)
    try values.encodeIfPresent(path, forKey: .path)
    try values.encodeIfPresent(split, forKey: .split)
    try values.encode(usualSplit, forKey: .usualSplit)
    try values.encodeIfPresent(preparation.size, forKey: .imageSize)
    try values.encodeIfPresent(preparation.color, forKey: .color)
    try values.encode(preparation.fit, forKey: .fit)
    try values.encode(preparation.inversion, forKey: .inversion)
    try values.encodeIfPresent(preparation.values, forKey: .values)
    try values.encodeIfPresent(preparation.alpha, forKey: .alpha)
    try values.encodeIfPresent(preparation.isTransposed, forKey: .isTransposed)
    try values.encodeIfPresent(classes, forKey: .classes)
    try values.encodeIfPresent(limit, forKey: .limit)
    try values.encodeIfPresent(shuffleSeed, forKey: .shuffleSeed)
    try values.encodeIfPresent(labelColumn, forKey: .labelColumn)
    try values.encode(isStrict, forKey: .isStrict)
    try values.encode(seed, forKey: .seed)
  }
}
