import Foundation
import JointVAE
import JointVAEData
import JointVAEMetrics
import JointVAEModels
import JointVAERuns
import TestSupport
import Testing

@Suite("The classifier that ships") struct SampleClassifierTests {
  private func features() throws -> ClassifierFeatures {
    try ClassifierFeatures()
  }

  private func shapes(size: Int, seed: UInt64) throws -> ImageBatch {
    let images = try ShapeGenerator(seed: seed).images(count: 200, size: ImageSize(side: size))
    return ImageBatch(images, at: 0..<images.count)
  }

  @Test("It tells the kinds of shapes apart that it never saw")
  func shapes() throws {
    let images = try ShapeGenerator(seed: 77).images(count: 200, size: 32)
    let encoding = try SampleClassifier.load().encode(images, at: Array(0..<images.count))
    let labels = try #require(images.labels)
    var classes: [Int: Set<Int>] = [:]
    for (image, label) in labels.enumerated() {
      classes[label, default: []].insert(encoding.mostProbableCategory(of: image))
    }
    #expect(classes.count == 4 && classes.values.allSatisfy { $0.count == 1 })
    #expect(Set(classes.values.joined()).count == 4)
  }

  @Test("Other images of the same kind are near, noise is far, and size and color hardly count")
  func distances() throws {
    let features = try features()
    let (real, width) = try features.values(of: shapes(size: 32, seed: 1))
    func distance(_ images: ImageBatch) throws -> Double {
      let (values, own) = try features.values(of: images)
      #expect(own == width && values.count == images.count * width)
      return try FrechetDistance(real: real, samples: values, width: width).squared
    }
    let others = try distance(shapes(size: 32, seed: 2))
    let noise = try distance(
      ImageBatch(
        shape: ImageShape(size: 32),
        values: (0..<200 * 1024).map { Float($0 &* 7919 % 1009) / 1009 }))
    #expect(noise > 20 * others, "\(noise) \(others)")
    let large = try shapes(size: 64, seed: 2)
    let colored = ImageBatch(
      shape: ImageShape(size: 64, channels: 3), values: large.values.flatMap { [$0, $0, $0] })
    #expect(try distance(large) < 3 * others)
    #expect(try distance(colored) == distance(large))
  }

  @Test(
    "A score of samples: smaller for the images' own kind, with counts and the distance of halves")
  func score() throws {
    let images = try ShapeGenerator(seed: 5).images(count: 300, size: 32)
    var options = EvaluationOptions()
    options.scores = [FrechetScore(features: try features())]
    let scores = try #require(
      try PretrainedModel.shapes.load().evaluate(on: images, options: options).scores)
    #expect(scores.map(\.protocol) == ["frechet/\(SampleClassifier.name)"])
    let score = try #require(scores.first)
    #expect(score.preference == .smaller && score.counts["samples"] == 300)
    let halves = try #require(score.parts["halves"])
    #expect(halves > 0 && score.value > halves)
    let digits = try PretrainedModel.mnist.load().evaluate(on: images, options: options).scores
    #expect(score.value < (try #require(digits?.first)).value / 2)
  }

  @Test("Its notes list what it learned from, with its accuracy")
  func notes() throws {
    let notes = try SampleClassifier.notes()
    // The program holds the file as it is now.
    let path = "\(SharedFiles.packageFolder)/Sources/CModels/classifier.safetensors"
    #expect(try CheckpointFile(contentsOf: path).metadata == notes)
    #expect(notes["classes"] == "113")
    let accuracies = try #require(notes["accuracy"]).components(separatedBy: ", ")
    #expect(accuracies.count == notes["trained_on"]?.components(separatedBy: ", ").count)
    for text in accuracies {
      let value = try #require(text.split(separator: " ").last.flatMap { Double($0) })
      #expect(value > 0.8 && value <= 1, "\(text)")
    }
  }
}
