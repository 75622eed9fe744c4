// The snippets of docs/library.md, word for word: what stands between the lines of dashes. LibraryTourTests compares the
// two and runs the tour.
import JointVAE
import JointVAEData
import JointVAEImages
import JointVAEMetrics
import JointVAEModels
import JointVAEPictures

// ----
/// Draws codes to the center of the prior: half the mean square of z, in nats an image.
struct SmallCodes: LatentTerm {
  let name = "small_codes"
  let strength: Double

  func weight(atStep step: Int) -> Double { strength }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    for place in batch.z.indices {
      gradient.z[place] += Float(weight) * batch.z[place] / Float(batch.count)
    }
    return batch.z.reduce(0) { $0 + Double($1 * $1) } / 2 / Double(batch.count)
  }
}
// ----

// ----
/// Squared error that counts double where the image is white.
struct WhiteFirst: ValueLoss {
  let name = "white_first"

  func evaluate(reconstruction: Double, target: Double) -> (value: Double, slope: Double) {
    let (difference, weight) = (reconstruction - target, 1 + target)
    return (weight * difference * difference, 2 * weight * difference)
  }
}

/// The share of images whose most probable category is sure, with a probability above 0.9.
struct SureCategories: ModelScore {
  let name = "sure categories"

  func value(of images: ScoredImages) -> Double? {
    guard let alphas = images.encoding.probabilities.first else { return nil }
    return Double(alphas.count { $0 > 0.9 }) / Double(images.encoding.count)
  }
}
// ----

func tour(writingTo folder: String) async throws -> [ImageBatch] {
  // ----
  let digits = try PretrainedModel.mnist.load()
  let any = try await digits.sample(64, from: PretrainedModel.mnist.latentSource())
  let threes = try await digits.sample(8, fixing: [.category(3), .continuous(2, -1.5)], seed: 7)
  // ----

  // ----
  let shapes = try ShapeGenerator(seed: 1).images(count: 2_000, size: 32)
  // ----

  // ----
  var configuration = TrainingConfiguration(
    imageShape: shapes.imageShape, latents: LatentSpec(continuous: 4, discrete: [4]))
  configuration.length = .epochs(2)
  let trainer = try Trainer(configuration: configuration)
  for try await epoch in trainer.epochs(on: shapes) {
    print(epoch.epoch, epoch.training.loss)
  }
  let model = trainer.model
  // ----

  // ----
  try model.save(to: "\(folder)/shapes.safetensors")
  let again = try JointVAEModel(contentsOf: "\(folder)/shapes.safetensors")
  // ----

  // ----
  let two = ImageBatch(shapes, at: [0, 1])
  let codes = try await again.encode(two).codes
  var turned = codes[0]
  turned[continuous: 0] += 1
  let picture = try await again.decode([turned])
  let path = try await again.interpolate(from: codes[0], to: codes[1], count: 8)
  // ----

  let upload = try ImageBatch(shapes, at: [2]).images[0].pngBytes()
  // ----
  let photo = try Image(encoded: upload, name: "the upload")
  let prepared = ImagePreparation(inversion: .off).prepare([photo], for: again.imageShape)
  let seen = try await again.encode(prepared).codes
  // ----

  // ----
  let png = try picture.images[0].pngBytes()
  try Pictures.samples(of: again, count: 64).writePNG(to: "\(folder)/samples.png")
  // ----

  // ----
  let scores = try await again.evaluate(on: shapes)
  print(scores.accuracy?.majority ?? 0, scores.reconstruction)
  // ----

  // ----
  var own = configuration
  own.widths = NetworkWidths(
    mirroring: [
      NetworkStage(channels: 32), NetworkStage(channels: 64, convolutions: [64, 96]),
      NetworkStage(channels: 128),
    ], hiddenUnits: [256, 128], activation: .leaky)
  for layer in try own.network().layers {
    print(layer.kind.rawValue, layer.input, layer.output, layer.parameterCount)
  }
  // ----

  // ----
  let careful = try Trainer(configuration: configuration, terms: [SmallCodes(strength: 0.1)])
  try await careful.train(on: shapes, until: 20) { event in
    if case .step(let report) = event {
      print(report.step, report.terms.measurements["small_codes"] ?? 0)
    }
    return .proceed
  }
  // ----

  // ----
  let white = try Trainer(configuration: configuration, loss: WhiteFirst())
  var options = EvaluationOptions()
  options.scores = [SureCategories()]
  let sure = try await white.model.evaluate(on: shapes, options: options).scores
  // ----

  // ----
  let quiet = digits.using(.threads(1))
  // ----
  _ = (png, seen, sure)
  let same = try await quiet.sample(64, from: PretrainedModel.mnist.latentSource())
  return [any, threes, picture, path, same]
}
