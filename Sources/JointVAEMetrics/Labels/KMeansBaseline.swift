import JointVAE

/// What k-means makes of the pixels: as many clusters as a model has categories, compared with the labels in the same way.
///
/// It learns nothing but where pixels are light. What a model's categories are worth is what they know beyond it.
public struct KMeansBaseline: Hashable, Codable, Sendable {
  /// Clusters.
  public var clusters: Int
  /// Images that the centers were fitted to, spread over all of them.
  public var fittedImages: Int
  /// Accuracy with each cluster taken for the class most of its images have.
  public var majority: Double
  /// Accuracy with the best map of clusters to classes of their own.
  public var oneToOne: Double
  /// Mutual information over the arithmetic mean of the entropies.
  public var normalizedMutualInformation: Double

  private static let imageLimit = 2_000
  /// Numbers that are in memory at a time: 128 MB.
  private static let valueLimit = 1 << 25

  /// Fits the centers to images, and divides all images among them.
  ///
  /// - Parameters:
  ///   - images: at least one.
  ///   - labels: the class of every image.
  ///   - classNames: the names of the classes.
  ///   - clusters: at least 1.
  ///   - seed: what the starts are drawn from.
  ///   - threads: threads; they do not change the result.
  /// - Throws: `MetricError`.
  public init(
    _ images: some ImageSource, labels: [Int], classNames: [String], clusters: Int, seed: UInt64,
    threads: Int
  ) throws {
    guard images.count > 0 else { throw MetricError.noImages }
    guard clusters > 0 else {
      throw MetricError.count(of: "clusters", clusters, expected: 1)
    }
    let width = images.imageShape.valueCount
    let length = max(1, min(Self.imageLimit, Self.valueLimit / width))
    let fitted = ImageBatch(evenlyFrom: images, count: length)
    let means = KMeans(
      fitted.values, width: width, clusters: clusters, seed: seed, threads: threads)
    var assignment: [Int] = []
    for start in stride(from: 0, to: images.count, by: length) {
      let part = ImageBatch(images, at: start..<min(start + length, images.count))
      assignment += parallelMap(part.count, threads: threads) {
        means.nearest(to: part.values, at: $0).cluster
      }
    }
    let confusion = try ConfusionMatrix(
      labels: labels, categories: assignment, classNames: classNames, categoryCount: means.count)
    self.clusters = means.count
    fittedImages = fitted.count
    majority = confusion.majorityAccuracy
    oneToOne = confusion.oneToOneAccuracy
    normalizedMutualInformation = confusion.normalizedMutualInformation
  }
}
