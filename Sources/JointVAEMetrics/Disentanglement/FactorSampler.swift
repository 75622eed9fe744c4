import JointVAEKernels

/// Encoded images and what they were made from.
public struct FactorDraw: Sendable {
  /// The model's representation of the images.
  public let representation: Representation
  /// What they were made from.
  public let labels: FactorLabels

  /// Images with a row in both.
  /// - Throws: `MetricError` when there is no image or the two differ in length.
  public init(representation: Representation, labels: FactorLabels) throws {
    guard labels.count > 0 else { throw MetricError.noImages }
    guard representation.count == labels.count else {
      throw MetricError.count(
        of: "rows of the representation", representation.count, expected: labels.count)
    }
    self.representation = representation
    self.labels = labels
  }
}

/// The random choices that a factor sampler is given.
public typealias RandomSequence = JointVAEKernels.RandomSequence

extension RandomSequence {
  /// The choices of a seed, for scores of disentanglement and for resampled seeds.
  public init(seed: UInt64) { self.init(seed: seed, purpose: .factorDraws) }
}

/// Where scores of disentanglement get images with known factors: a table of encoded images, or a
/// generator.
public protocol FactorSampler {
  /// The factors' names.
  var factorNames: [String] { get }
  /// Factors that take more than one value, by number; scores are about these.
  var varyingFactors: [Int] { get }

  /// Groups of images, one after the other; all images of a group share one value of the group's
  /// factor.
  ///
  /// The shared value is drawn uniformly from the factor's values; everything else is independent.
  ///
  /// - Parameters:
  ///   - groups: for each group the factor that its images share, or nil for none.
  ///   - size: images a group.
  ///   - random: what the images are drawn from.
  func draw(
    groups: [Int?], size: Int, random: inout RandomSequence
  ) throws -> FactorDraw
}

extension FactorSampler {
  /// Varying factors.
  /// - Throws: `MetricError.constantFactors` when there is none.
  func checkedFactors() throws -> [Int] {
    guard !varyingFactors.isEmpty else {
      throw MetricError.constantFactors(names: factorNames)
    }
    return varyingFactors
  }

  /// Names of factors with a single value.
  var constantFactorNames: [String] {
    factorNames.indices.filter { !varyingFactors.contains($0) }.map { factorNames[$0] }
  }
}
