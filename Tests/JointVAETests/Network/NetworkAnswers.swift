import Foundation
import JointVAE
import TestSupport
import Testing

/// A file of Tests/Fixtures/networks: what PyTorch computed for a network, as Tests/Oracles/make_network_fixtures.py
/// describes it. Weights, pixels and noise are functions of their places, here as there.
struct NetworkAnswers {
  let configuration: TrainingConfiguration
  let steps: Int
  private let file: Safetensors

  static let folder = "\(SharedFiles.packageFolder)/Tests/Fixtures/networks"
  static let names = ((try? fileNames(in: folder)) ?? []).filter { $0.hasSuffix(".safetensors") }

  init(_ name: String) throws {
    file = try Safetensors(contentsOf: "\(Self.folder)/\(name)")
    let metadata = file.metadata
    func numbers(_ key: String) throws -> [Int] {
      let text = try #require(metadata[key], "\(name): \(key)")
      return text == "none" ? [] : text.split(separator: ",").compactMap { Int($0) }
    }
    let shape = try #require(metadata["image"].flatMap(ImageShape.init(text:)))
    var configuration = TrainingConfiguration(
      imageShape: shape,
      latents: LatentSpec(
        continuous: try numbers("continuous")[0], discrete: try numbers("discrete")))
    configuration.networkWidths = NetworkWidths(
      encoderChannels: try numbers("channels"), decoderChannels: try numbers("decoder"),
      hiddenUnits: try numbers("hidden"))
    if let extra = metadata["extra"].flatMap({ Int($0) }) {
      configuration.networkWidths = configuration.networkWidths.with(extraConvolutions: extra)
    }
    if let activation = metadata["activation"].flatMap(HiddenActivation.init(rawValue:)) {
      configuration.networkWidths.activation = activation
    }
    steps = try numbers("steps")[0]
    configuration.continuousCapacity = Capacity(maximum: 5, rampSteps: steps, weight: 30)
    configuration.discreteCapacity = Capacity(maximum: 5, rampSteps: steps, weight: 30)
    configuration.batchSize = try numbers("batch")[0]
    self.configuration = configuration
  }

  /// Weights and biases at the start, within the bounds of their layers.
  func initialTensors() throws -> [NamedTensor] {
    try configuration.network().tensors.enumerated().map { index, tensor in
      let bound = 1 / Float(tensor.fanIn).squareRoot()
      return NamedTensor(
        name: tensor.name, shape: tensor.shape,
        floats: Places.numbers(100 + index, tensor.count).map { (2 * $0 - 1) * bound })
    }
  }

  /// Pixels of a step, `[sample, y, x, channel]`.
  func pixels(step: Int) -> [UInt8] {
    let shape = configuration.imageShape
    let values = Places.numbers(1000 + step, configuration.batchSize * shape.valueCount)
    return channelsLast(values.map { UInt8(256 * $0) }, shape)
  }

  /// The noise of a step.
  func noise(step: Int) -> LatentNoise {
    let (spec, samples) = (configuration.latents, configuration.batchSize)
    return .given(
      normals: Places.numbers(2000 + step, samples * spec.continuous).map { 4 * $0 - 2 },
      uniforms: Places.numbers(3000 + step, samples * spec.categoryCount)
        .map { max($0, 1 / 16_777_216) })
  }

  /// Numbers of a tensor of the file.
  func numbers(_ name: String) throws -> [Double] {
    guard case .float64(let values)? = file[name]?.elements else {
      throw GoldenError(text: "no \(name)")
    }
    return values
  }

  /// loss, reconstruction, KL_z, KL_c, total of a step, counted from 1.
  func losses(step: Int) throws -> [Double] {
    Array(try numbers("losses")[(step - 1) * 5..<step * 5])
  }

  /// How far numbers are from a tensor of answers, as a share of its norm, by their products with random signs.
  func distance(_ values: [Double], from name: String, stream: Int) throws -> Double {
    let answer = try numbers(name)
    let products = Places.products(values, stream: stream, count: answer.count - 1)
    let square = zip(products, answer.dropFirst()).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (square / Double(products.count)).squareRoot() / answer[0]
  }
}

/// Numbers that are functions of their places alone: SplitMix64.
enum Places {
  /// 64 bits for a place of a stream.
  static func hash(_ stream: Int, _ place: Int) -> UInt64 {
    var x = UInt64(place) &+ UInt64(stream) << 40
    x = (x &+ 1) &* 0x9E37_79B9_7F4A_7C15
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }

  /// Uniform from 0 to 1, with 24 bits.
  static func numbers(_ stream: Int, _ count: Int) -> [Float] {
    (0..<count).map { Float(hash(stream, $0) >> 40) / 16_777_216 }
  }

  /// Products of `values` with vectors of plus and minus one.
  static func products(_ values: [Double], stream: Int, count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (place, value) in values.enumerated() {
      let bits = hash(stream, place)
      for k in 0..<count { sums[k] += bits >> UInt64(k) & 1 == 0 ? value : -value }
    }
    return sums
  }
}
