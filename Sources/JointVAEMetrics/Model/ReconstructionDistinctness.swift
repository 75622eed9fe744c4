import JointVAE
import JointVAEFiles

/// How well the reconstructions of different images can be told apart.
public struct ReconstructionDistinctness: Hashable, Codable, Sendable {
  /// The number of images that were compared with each other.
  public var images: Int
  /// Reconstructions that are nearer to their own image than to any other, by the squared distance.
  public var recognized: Int
  /// The variance of the reconstructions over that of the images: both summed over all values. 0 when all
  /// reconstructions are the same; 0 as well when all images are.
  public var varianceRatio: Double

  /// Images that are compared at most: they are compared with each other.
  public static let imageLimit = 128

  /// Compares images with their reconstructions.
  ///
  /// - Parameters:
  ///   - images: the images.
  ///   - reconstructions: one for each, of the same shape.
  /// - Precondition: there are as many of both.
  public init(of images: ImageBatch, reconstructions: ImageBatch) {
    precondition(images.count == reconstructions.count && images.shape == reconstructions.shape)
    self.images = images.count
    let length = images.shape.valueCount
    recognized = (0..<images.count).count { own in
      let distances = (0..<images.count).map { other in
        Self.distance(
          reconstructions.values[own * length..<(own + 1) * length],
          images.values[other * length..<(other + 1) * length])
      }
      return distances.indices.allSatisfy { $0 == own || distances[$0] > distances[own] }
    }
    let variance = Self.variance(images)
    varianceRatio = variance > 0 ? Self.variance(reconstructions) / variance : 0
  }

  /// `58 of 60 reconstructions are nearer to their own image than to any other`; nil for an image alone, which there is
  /// nothing to tell apart from.
  package var sentence: String? {
    guard images > 1 else { return nil }
    return "\(NumberText.count(recognized)) of \(NumberText.count(images, "reconstruction")) "
      + "\(recognized == 1 ? "is" : "are") nearer to \(recognized == 1 ? "its" : "their") own image than to any other"
  }

  /// Compares up to `imageLimit` images of a source, spread over it, with what the model makes of them.
  /// - Throws: `ModelError` for images of another shape.
  public init(of model: JointVAEModel, on images: some ImageSource) throws {
    let batch = ImageBatch(evenlyFrom: images, count: Self.imageLimit)
    self.init(of: batch, reconstructions: try model.reconstruct(batch))
  }

  private static func distance(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
        return squaredDistance(first, second, count: a.count)
      }
    }
  }

  /// The sum over all values of their variance over the images.
  private static func variance(_ batch: ImageBatch) -> Double {
    let (count, length) = (batch.count, batch.shape.valueCount)
    guard count > 0 else { return 0 }
    return (0..<length).reduce(0) { total, place in
      var (sum, squares) = (0.0, 0.0)
      for image in 0..<count {
        let value = Double(batch.values[image * length + place])
        sum += value
        squares += value * value
      }
      return total + max(0, squares / Double(count) - sum * sum / Double(count * count))
    }
  }
}
