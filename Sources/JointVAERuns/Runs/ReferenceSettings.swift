import Foundation
import JointVAE
import JointVAEFiles

/// What the PyTorch original writes beside a model's weights: the contents of `specs.json`.
///
/// Everything but the latents is optional, for the original's forks leave out one thing or another.
public struct ReferenceSettings: Hashable, Sendable {
  /// The data set by its name in this package, such as `fashion-mnist`.
  public var dataSet: String?
  /// C_z and gamma_z.
  public var continuousCapacity: Capacity?
  /// C_c and gamma_c.
  public var discreteCapacity: Capacity?
  /// The first of the learning rates.
  public var learningRate: Double?
  /// Images a step.
  public var batchSize: Int?
  /// The latent variables, where the file holds them.
  public var latents: LatentSpec?

  /// Reads `specs.json`.
  /// - Throws: `FileError` naming the file and what is wrong with it.
  public init(contentsOf path: String) throws {
    let bytes = try BoundedFile.read(path, limit: 1 << 20)
    do {
      let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
      // The original writes fashion_mnist.
      dataSet = document.dataSet?.replacingOccurrences(of: "_", with: "-")
      continuousCapacity = try Self.capacity(document.continuousCapacity, "continuous capacity")
      discreteCapacity = try Self.capacity(document.discreteCapacity, "discrete capacity")
      learningRate = document.learningRates?.first
      batchSize = document.batchSize
      latents = document.latents.map {
        LatentSpec(continuous: $0.cont ?? 0, discrete: $0.disc ?? [])
      }
    } catch let error as DecodingError {
      throw FileError(path, error.sentence)
    } catch let error as ConfigurationError {
      throw FileError(path, error.description)
    }
  }

  /// The published recipe that these settings are, if they are one.
  public var recipe: Recipe? {
    dataSet.flatMap(Recipe.published).flatMap { recipe in
      recipe.continuousCapacity == continuousCapacity
        && recipe.discreteCapacity == discreteCapacity && recipe.learningRate == learningRate
        ? recipe : nil
    }
  }

  /// The file that belongs to the weights at `path`, whether or not it exists.
  static func path(beside path: String) -> String {
    path.lastIndex(of: "/").map { "\(path[...$0])specs.json" } ?? "specs.json"
  }

  private static func capacity(_ numbers: [Double]?, _ name: String) throws -> Capacity? {
    guard let numbers else { return nil }
    guard numbers.count == 4, let rampSteps = Int(exactly: numbers[2]) else {
      throw ConfigurationError(
        name, "\(numbers)", expected: "[minimum, maximum, steps, weight]")
    }
    let capacity = Capacity(
      minimum: numbers[0], maximum: numbers[1], rampSteps: rampSteps, weight: numbers[3])
    try capacity.validate(name: name)
    return capacity
  }

  /// `specs.json` as it is laid out, with the original's keys.
  private struct Document: Decodable {
    struct Latents: Decodable {
      var cont: Int?
      var disc: [Int]?
    }

    enum CodingKeys: String, CodingKey {
      case dataSet = "dataset"
      case continuousCapacity = "cont_capacity"
      case discreteCapacity = "disc_capacity"
      case learningRates = "lr"
      case batchSize = "batch_size"
      case latents = "latent_spec"
    }

    var dataSet: String?
    var continuousCapacity: [Double]?
    var discreteCapacity: [Double]?
    var learningRates: [Double]?
    var batchSize: Int?
    var latents: Latents?
  }
}
