/// Changes to a request for images; nil keeps what the request has.
public struct DataSetChanges: Hashable, Sendable {
  /// Gray or colored images.
  public var color: ImagePreparation.Color?
  /// What is done to images that are not square.
  public var fit: ImagePreparation.Fit?
  /// Whether light and dark are exchanged.
  public var inversion: ImagePreparation.Inversion?
  /// The classes wanted.
  public var classes: [String]?
  /// Shuffles the images before a limit counts them.
  public var shuffleSeed: UInt64?
  /// The column of a CSV file that holds the labels.
  public var labelColumn: String?
  /// Whether an image that cannot be read is an error.
  public var isStrict: Bool?

  /// No change.
  public init() {}

  /// `request` with these changes.
  public func applied(to request: DataSetRequest) -> DataSetRequest {
    var request = request
    request.preparation.color = color ?? request.preparation.color
    request.preparation.fit = fit ?? request.preparation.fit
    request.preparation.inversion = inversion ?? request.preparation.inversion
    request.classes = classes ?? request.classes
    request.shuffleSeed = shuffleSeed ?? request.shuffleSeed
    request.labelColumn = labelColumn ?? request.labelColumn
    request.isStrict = isStrict ?? request.isStrict
    return request
  }
}
