import JointVAE
import JointVAECheckpoints
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// What the page knows of a model.
struct ExplorerModel: Encodable {
  /// What the page calls it.
  let name: String
  let height: Int
  let width: Int
  let channels: Int
  /// The dimension of z.
  let continuous: Int
  /// The categories of each c.
  let discrete: [Int]
  /// Names of the first c's categories; an empty one where there is none.
  let categories: [String]
  /// `ExplorerNetwork.layers`.
  let layers: [[Int]]
  let parameters: Int
  /// Weights in the engine's row; more than the parameters, as rows of vectors are padded.
  let weightCount: Int
  /// Bits of a weight: 16 or 32.
  let bits: Int
  /// The largest difference of a pixel, of 1, that rounding to 16 bits made in pictures; 0 where nothing was rounded.
  let rounding: Double
  /// The KL of each z and each c in nats; where they come from.
  let divergences: [Double]
  let discreteDivergences: [Double]
  let divergenceSource: String
  /// Whether light and dark of its images were exchanged; nil where that is not known.
  let inverted: Bool?
  /// What became of images that are not of this shape: crop, pad or stretch.
  let fit: String
  let dataSet: String?
  let loss: String?
  /// What most pixels at the border have in the model's own pictures, 0 to 1.
  let background: Float

  /// Weights in base64, little-endian.
  let weights: String

  private enum CodingKeys: CodingKey {
    case name, height, width, channels, continuous, discrete, categories, layers, parameters,
      weightCount, bits
    case rounding, divergences, discreteDivergences, divergenceSource, inverted, fit, dataSet, loss
    case background
  }

  /// - Parameters:
  ///   - stored: the model.
  ///   - name: what the page calls it.
  ///   - precision: of its weights; single where a weight is too large for half.
  ///   - images: images to measure KLs on, of the model's shape; nil for those of its run, or its own pictures.
  /// - Throws: `ConfigurationError` for a network that the page cannot compute; `ModelError`.
  init(
    _ stored: StoredModel, named name: String, precision: FloatPrecision, images: ImageBatch?
  ) throws {
    let model = stored.model
    self.name = name
    (height, width) = (model.imageShape.height, model.imageShape.width)
    channels = model.imageShape.channels
    (continuous, discrete) = (model.latents.continuous, model.latents.discrete)
    categories = stored.categoryNames?.names ?? []
    let network = try ExplorerNetwork(model)
    layers = network.layers
    parameters = model.parameterCount
    weightCount = network.weights.count
    inverted = stored.configuration?.images.isInverted
    fit = (stored.configuration?.images.request.preparation.fit ?? .crop).rawValue
    dataSet = stored.dataSet
    loss = stored.configuration?.training.reconstructionLoss.text

    let own = try model.sample(Self.ownPictures)
    background = Self.border(of: own)
    let kl: LatentInformation
    if let images {
      kl = try LatentInformation(of: model, on: images)
      divergenceSource = "on \(NumberText.count(images.count, "image")) of this page"
    } else if let summary = stored.summary {
      kl = summary.kl
      divergenceSource = "on \(NumberText.count(summary.imageCount, "image")) of its data set"
    } else {
      kl = try LatentInformation(of: model, on: own)
      divergenceSource = "on \(NumberText.count(own.count, "picture")) that the model drew"
    }
    divergences = kl.continuous
    discreteDivergences = kl.discrete

    let fits = network.weights.allSatisfy { $0.magnitude < 65_504 }
    guard precision == .half, fits else {
      (bits, rounding) = (32, 0)
      weights = network.weights.flatMap { Self.bytes($0.bitPattern) }.base64
      return
    }
    bits = 16
    let halves = network.weights.map { UInt16(binary16: $0) }
    weights = halves.flatMap(Self.bytes).base64
    rounding = try Self.rounding(of: model, own)
  }

  /// Pictures that are drawn to measure KLs, borders and rounding.
  private static let ownPictures = 64

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// The largest difference that weights of 16 bits make in the model's own pictures.
  private static func rounding(of model: JointVAEModel, _ own: ImageBatch) throws -> Double {
    var isExact = true
    let tensors = model.tensors.map { tensor in
      let floats = tensor.floats
      let rounded = floats.map { Float(binary16: UInt16(binary16: $0)) }
      if rounded != floats { isExact = false }
      return NamedTensor(name: tensor.name, shape: tensor.shape, floats: rounded)
    }
    if isExact { return 0 }
    let rounded = try JointVAEModel(
      tensors: tensors, imageShape: model.imageShape, named: "weights of 16 bits")
    let pictures = try rounded.sample(own.count)
    return zip(pictures.values, own.values).reduce(0) { max($0, Double(abs($1.0 - $1.1))) }
  }

  /// The median of the pixels at the border.
  private static func border(of images: ImageBatch) -> Float {
    let shape = images.shape
    var values: [Float] = []
    for image in 0..<images.count {
      for y in 0..<shape.height {
        for x in 0..<shape.width
        where y == 0 || x == 0 || y == shape.height - 1 || x == shape.width - 1 {
          values.append(
            images.values[((image * shape.height + y) * shape.width + x) * shape.channels])
        }
      }
    }
    values.sort()
    return values.isEmpty ? 0 : values[values.count / 2]
  }
}
