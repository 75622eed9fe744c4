import Foundation
import JointVAE
import JointVAEModels
import JointVAEONNX
import TestSupport
import Testing

/// A second opinion: ONNX's own checker, and what ONNX Runtime computes.
@Suite("ONNX files in the hands of others") struct ONNXRuntimeTests {
  private static let batches = [1, 7]

  /// The trained models, and networks of every kind with weights from a seed.
  private static func models() throws -> [(name: String, model: JointVAEModel)] {
    let trained = try PretrainedModel.allCases.map { ($0.name, try $0.load()) }
    let others: [(String, ImageShape, LatentSpec)] = [
      ("rgb", ImageShape(size: 32, channels: 3), LatentSpec(continuous: 4, discrete: [4])),
      ("size-64", ImageShape(size: 64), LatentSpec(continuous: 4, discrete: [4])),
      ("size-128", ImageShape(size: 128), LatentSpec(continuous: 4, discrete: [4])),
      ("two-discrete", ImageShape(size: 32), LatentSpec(continuous: 4, discrete: [3, 5])),
      ("continuous-only", ImageShape(size: 32), LatentSpec(continuous: 6)),
      (
        "oblong", ImageShape(height: 48, width: 80, channels: 3),
        LatentSpec(continuous: 4, discrete: [4])
      ),
      ("odd", ImageShape(height: 21, width: 33), LatentSpec(continuous: 4, discrete: [4])),
      ("tiny", ImageShape(height: 8, width: 9), LatentSpec(continuous: 4, discrete: [4])),
      ("discrete-only", ImageShape(size: 16), LatentSpec(continuous: 0, discrete: [4])),
    ]
    let size = ImageShape(height: 20, width: 33, channels: 3)
    var deep = NetworkPreset.deep.widths(for: size)
    deep.activation = .leaky
    let own = try JointVAEModel(
      imageShape: size, latents: LatentSpec(continuous: 4, discrete: [4]), widths: deep, seed: 5)
    return try trained
      + others.map { ($0.0, try JointVAEModel(imageShape: $0.1, latents: $0.2, seed: 5)) }
      + [("deep-leaky", own)]
  }

  @Test(
    "pass the checker and give the engine's numbers within 1e-5, for one image and for seven",
    .enabled(if: Python.has("onnx", "onnxruntime", "numpy"), "needs onnx and onnxruntime"))
  func agreement() throws {
    try withTemporaryFolder { folder in
      for (name, model) in try Self.models() {
        let paths = try #require(ONNXPair.Paths("\(folder)/\(name).onnx"))
        try ONNXPair(model).write(to: paths)
        for count in Self.batches {
          try Safetensors(tensors: Self.numbers(of: model, count: count))
            .write(to: "\(folder)/\(name).\(count).safetensors")
        }
      }
      let output = try Python.run(
        ["\(SharedFiles.packageFolder)/Tests/Oracles/onnx_files.py", folder])
      print(output.text)
      #expect(output.exitCode == 0, "\(output.text)")
    }
  }

  /// What goes into the graphs and what the engine makes of it, under the graphs' names.
  private static func numbers(of model: JointVAEModel, count: Int) throws -> [NamedTensor] {
    let shape = model.imageShape
    // Values between 0 and 1 that repeat after a prime number of pixels.
    let values = (0..<count * shape.valueCount).map { Float($0 * 7919 % 10_007) / 10_006 }
    let images = ImageBatch(shape: shape, values: values)
    let encoding = try model.encode(images)
    let latents = model.latents
    var tensors = [planes("in.image", images)]
    var vectors = Array(repeating: [Float](), count: count)
    if latents.continuous > 0 {
      let size = [count, latents.continuous]
      tensors += [
        NamedTensor(name: "out.mean", shape: size, floats: encoding.mean),
        NamedTensor(name: "out.log_variance", shape: size, floats: encoding.logVariance),
        NamedTensor(name: "in.continuous", shape: size, floats: encoding.mean),
      ]
      for image in 0..<count {
        vectors[image] +=
          encoding.mean[
            image * latents.continuous..<(image + 1) * latents.continuous]
      }
    }
    for (variable, alphas) in encoding.probabilities.enumerated() {
      let categories = latents.discrete[variable]
      tensors.append(
        NamedTensor(
          name: "out.probabilities.\(variable)", shape: [count, categories], floats: alphas))
      // Soft codes show more than one-hot ones.
      tensors.append(
        NamedTensor(
          name: "in.categories.\(variable)", shape: [count, categories], floats: alphas))
      for image in 0..<count {
        vectors[image] += alphas[image * categories..<(image + 1) * categories]
      }
    }
    let drawn = try model.decode(vectors.map { LatentCode(latents, vector: $0) })
    tensors.append(planes("out.image", drawn))
    return tensors
  }

  /// Images with channels before height and width.
  private static func planes(_ name: String, _ images: ImageBatch) -> NamedTensor {
    let channels = images.shape.channels
    let pixels = images.shape.pixelCount
    let values = (0..<images.count).flatMap { image in
      (0..<channels).flatMap { channel in
        (0..<pixels).map { images.values[(image * pixels + $0) * channels + channel] }
      }
    }
    // Rows and columns are told apart by the graph.
    return NamedTensor(name: name, shape: [images.count, channels, pixels], floats: values)
  }
}
