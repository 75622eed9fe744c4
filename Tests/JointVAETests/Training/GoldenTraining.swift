import Foundation
import JointVAE
import Testing

/// A golden file `train-*.safetensors`: what PyTorch computed for the first steps of a training run.
struct GoldenTraining {
  let configuration: TrainingConfiguration
  let steps: Int
  /// loss, reconstruction, KL_z, KL_c, total of every step.
  let losses: [[Double]]
  private let file: Safetensors
  private let initial: Safetensors

  /// - Parameter start: the file whose initial weights files without their own begin with.
  init(path: String, start: String) throws {
    file = try Safetensors(contentsOf: path)
    initial =
      file.tensors.contains { $0.name.hasPrefix("init/") }
      ? file : try Safetensors(contentsOf: start)
    let metadata = file.metadata
    func number(_ key: String) throws -> Double {
      try #require(metadata[key].flatMap(Double.init), "\(path): \(key)")
    }
    func list(_ key: String) throws -> [Double] {
      try JSONDecoder().decode([Double].self, from: Data((metadata[key] ?? "").utf8))
    }
    func capacity(_ key: String) throws -> Capacity {
      let values = try list(key)
      return Capacity(
        minimum: values[0], maximum: values[1], rampSteps: Int(values[2]), weight: values[3])
    }
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: Int(try number("size")), channels: Int(try number("channels"))),
      latents: LatentSpec(
        continuous: Int(try number("cont")), discrete: try list("disc").map { Int($0) }))
    configuration.reconstructionLoss =
      switch metadata["loss"] {
      case "mse": .meanSquaredError
      case "cauchy": .cauchy(scale: try number("scale"))
      default: .binaryCrossEntropy
      }
    configuration.continuousCapacity = try capacity("cont_capacity")
    configuration.discreteCapacity = try capacity("disc_capacity")
    configuration.temperature = try number("temperature")
    configuration.optimizer = .adam(learningRate: try number("lr"))
    configuration.batchSize = Int(try number("batch"))
    self.configuration = configuration
    steps = Int(try number("steps"))
    guard case .float64(let values)? = file["losses"]?.elements else {
      throw GoldenError(text: "\(path) has no losses")
    }
    losses = (0..<steps).map { Array(values[$0 * 5..<$0 * 5 + 5]) }
  }

  /// Weights at the start.
  var initialTensors: [NamedTensor] { tensors("init/", of: initial) }
  /// The gradient of step 1, or none.
  var gradients: [NamedTensor] { tensors("grad0/", of: file) }
  /// Its norms.
  var gradientNorms: [NamedTensor] { tensors("grad0_norm/", of: file) }
  /// Weights after the last step, or none.
  var finalTensors: [NamedTensor] { tensors("final/", of: file) }
  /// Their norms.
  var finalNorms: [NamedTensor] { tensors("final_norm/", of: file) }

  private func tensors(_ prefix: String, of file: Safetensors) -> [NamedTensor] {
    file.tensors.filter { $0.name.hasPrefix(prefix) }.map {
      NamedTensor(
        name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, elements: $0.elements)
    }
  }

  /// Pixels of a step, `[sample, y, x, channel]`.
  func pixels(step: Int) throws -> [UInt8] {
    guard case .uint8(let all)? = file["batches"]?.elements else {
      throw GoldenError(text: "no batches")
    }
    let shape = configuration.imageShape
    let count = configuration.batchSize * shape.valueCount
    return channelsLast(Array(all[step * count..<(step + 1) * count]), shape)
  }

  /// The noise of a step.
  func noise(step: Int) throws -> LatentNoise {
    let spec = configuration.latents
    let samples = configuration.batchSize
    let normals = spec.continuous == 0 ? [] : try floats("eps", step, samples * spec.continuous)
    let uniforms = try spec.discrete.indices.map {
      try floats("uniform.\($0)", step, samples * spec.discrete[$0])
    }
    var joined: [Float] = []
    for sample in 0..<samples {
      for (variable, categories) in spec.discrete.enumerated() {
        joined += uniforms[variable][sample * categories..<(sample + 1) * categories]
      }
    }
    return .given(normals: normals, uniforms: joined)
  }

  private func floats(_ name: String, _ step: Int, _ count: Int) throws -> [Float] {
    guard case .float32(let values)? = file[name]?.elements else {
      throw GoldenError(text: "no \(name)")
    }
    return Array(values[step * count..<(step + 1) * count])
  }
}

/// A golden file that is not as its description says.
struct GoldenError: Error, CustomStringConvertible {
  var text: String
  var description: String { text }
}
