import JointVAE
import JointVAEMetrics

/// What several seeds of one setting make of the same images, to see which of them the others agree with.
struct SeedComparison {
  /// Images that seeds are compared on.
  static let imageCount = 1024

  private let encodings: [Encoding]

  /// A comparison of seeds whose codes carry something.
  init(_ encodings: [Encoding]) { self.encodings = encodings }

  /// The UDR of each seed; nil with fewer than two, which leave nothing to compare.
  /// - Throws: `MetricError` when their numbers of images differ.
  func udr() throws -> [Double]? {
    encodings.count > 1 ? try UDRScore.scores(encodings.map { .init($0) }) : nil
  }

  /// The agreement of each seed's categories with those of the others; nil with fewer than two, and without discrete variables.
  /// - Throws: `MetricError` when their numbers of images differ.
  func agreement() throws -> [Double]? {
    guard encodings.count > 1, encodings.allSatisfy({ !$0.latents.discrete.isEmpty }) else {
      return nil
    }
    return try CategoryAgreement.scores(encodings)
  }
}
