import Foundation
import JointVAE
import TestSupport
import Testing

/// The published checkpoints encode and decode as they do in PyTorch.
@Suite(.enabled(if: SharedFiles.data.has("reference"), "reference checkpoints are not there"))
struct GoldenCheckpointTests {
  static let names = ((try? fileNames(in: SharedFiles.goldens.folder)) ?? [])
    .filter { $0.hasPrefix("checkpoint-") }
    .map { $0.dropFirst("checkpoint-".count).prefix { $0 != "." } }.map(String.init)

  @Test("Means, variances, alphas, reconstructions and traversals", arguments: names)
  func golden(name: String) throws {
    let model = try JointVAEModel(contentsOf: SharedFiles.data.path("reference/\(name)/model.pt"))
    let golden = try Safetensors(
      contentsOf: SharedFiles.goldens.path("checkpoint-\(name).safetensors"))
    func numbers(_ name: String) throws -> [Float] { floats(try #require(golden[name])) }
    let shape = model.imageShape
    #expect(golden.metadata["channels"].flatMap { Int($0) } == shape.channels)
    func pictures(_ name: String) throws -> [Float] { channelsLast(try numbers(name), shape) }
    let images = ImageBatch(shape: shape, values: try pictures("input"))
    for threads in [1, 2] {
      let encoding = try model.using(.threads(threads)).encode(images)
      #expect(largestDifference(encoding.mean, try numbers("mean")) < 1e-5)
      #expect(largestDifference(encoding.logVariance, try numbers("logvar")) < 1e-5)
      for variable in model.latents.discrete.indices {
        #expect(
          largestDifference(encoding.probabilities[variable], try numbers("alpha.\(variable)"))
            < 1e-5)
      }
      // The decoder alone, from PyTorch's own code of the images.
      let code = Encoding(
        latents: model.latents, count: images.count, mean: try numbers("mean"),
        logVariance: try numbers("logvar"),
        probabilities: try model.latents.discrete.indices.map { try numbers("alpha.\($0)") })
      let decoded = try model.using(.threads(threads)).decode(vectors: code.modes())
      let fromCode = largestDifference(decoded.values, try pictures("reconstruction"))
      #expect(fromCode < 1e-5)
      // Both ways: the decoder of dsprites is steep, so that PyTorch's float32 code of these images, 2.8e-6 off its
      // float64 one, moves a value by 1.6e-5; two float32 programs may be that far from the truth on either side.
      let rebuilt = try model.using(.threads(threads)).reconstruct(images)
      let tolerance: Float = name == "dsprites" ? 3.2e-5 : 1e-5
      let distance = largestDifference(rebuilt.values, try pictures("reconstruction"))
      #expect(distance < tolerance)
      let traversal = try model.using(.threads(threads)).decode(
        vectors: numbers("traversal.latents"))
      let walked = largestDifference(traversal.values, try pictures("traversal.images"))
      #expect(walked < 1e-5)
    }
  }

  @Test("Converted to safetensors and back to PyTorch's format, nothing changes")
  func conversion() throws {
    let path = SharedFiles.data.path("reference/mnist/model.pt")
    let model = try JointVAEModel(contentsOf: path)
    try withTemporaryFolder { folder in
      try model.save(to: "\(folder)/a.safetensors")
      let second = try JointVAEModel(contentsOf: "\(folder)/a.safetensors")
      try second.save(to: "\(folder)/b.pt")
      let third = try CheckpointFile(contentsOf: "\(folder)/b.pt")
      #expect(third.format == .pyTorch)
      #expect(third.tensors == model.tensors)
      #expect(
        byName(third.tensors) == byName(try PyTorchCheckpoint(contentsOf: path).tensors))
    }
  }
}

/// The largest absolute difference; infinite when the lengths differ.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}

/// Images `[image, channel, y, x]`, as PyTorch has them, in the order `[image, y, x, channel]`.
func channelsLast<Value>(_ values: [Value], _ shape: ImageShape) -> [Value] {
  let (area, channels) = (shape.pixelCount, shape.channels)
  return values.indices.map { place in
    let (image, rest) = place.quotientAndRemainder(dividingBy: shape.valueCount)
    let (pixel, channel) = rest.quotientAndRemainder(dividingBy: channels)
    return values[(image * channels + channel) * area + pixel]
  }
}
