/// Which images somebody wants, and how.
public struct DataSetRequest: Hashable, Codable, Sendable {
  /// A known name, such as `mnist`, or the path of a file or folder.
  public var dataSet: String
  /// The file or folder that holds the named data set; nil looks for it in the catalog's data
  /// roots.
  public var path: String?
  /// The part wanted; nil for the one to learn from, or all where there are no parts.
  public var split: DataSplit?
  /// Height and width of the prepared images in pixels; nil for what suits the files: the smallest
  /// of 32 and 64 that is no smaller than the images, else 64.
  public var imageSize: Int?
  /// The most images wanted, the first ones; of a generated data set, how many to draw. Nil for all
  /// of them.
  public var limit: Int?
  /// What a generated data set is drawn from.
  public var seed: UInt64

  /// A request for `dataSet`.
  public init(
    _ dataSet: String, path: String? = nil, split: DataSplit? = nil, imageSize: Int? = nil,
    limit: Int? = nil, seed: UInt64 = 1
  ) {
    self.dataSet = dataSet
    self.path = path
    self.split = split
    self.imageSize = imageSize
    self.limit = limit
    self.seed = seed
  }
}
