import Foundation
import JointVAE
import JointVAEFiles
import JointVAEKernels
import Synchronization

/// Trains the classifier in whose features samples are compared (`SampleClassifier`): the encoder of a small network, with a
/// category for each class of several data sets, and labels in place of all that JointVAE asks for.
///
/// It is for developers, who make the file that the package brings.
package struct ClassifierTraining {
  /// Images to learn from, all of one shape and with labels, and the images that measure the result.
  package struct Source {
    /// The data set.
    package var name: String
    /// To learn from.
    package var images: any LabeledImageSource
    /// To measure with.
    package var tests: any LabeledImageSource

    /// A data set with both of its parts.
    package init(name: String, images: any LabeledImageSource, tests: any LabeledImageSource) {
      self.name = name
      self.images = images
      self.tests = tests
    }
  }

  /// Weight updates, of 64 images each.
  package var steps = 20_000
  /// Fixes everything.
  package var seed: UInt64 = 1
  private let sources: [Source]
  /// Where the classes of each source begin.
  private let firstClass: [Int]
  /// The images of each class of all sources, `[class][image]`, and their source.
  private let members: [(source: Int, images: [Int])]

  /// A training on these data sets.
  /// - Throws: `FileError` for a set without labels.
  package init(_ sources: [Source]) throws {
    self.sources = sources
    var firstClass: [Int] = []
    var members: [(source: Int, images: [Int])] = []
    for (index, source) in sources.enumerated() {
      guard let labels = source.images.labels, source.tests.labels != nil else {
        throw FileError(source.name, "has no labels; a classifier cannot learn without them")
      }
      firstClass.append(members.count)
      var classes = [[Int]](repeating: [], count: source.images.classNames.count)
      for (image, label) in labels.enumerated() { classes[label].append(image) }
      members += classes.map { (source: index, images: $0) }
    }
    (self.firstClass, self.members) = (firstClass, members)
  }

  /// Classes of all sources.
  package var classCount: Int { members.count }

  /// Trains the classifier.
  ///
  /// Each image of a batch is of a class that is drawn first, so that small sets count as much as large ones. Copies are
  /// turned, scaled, moved and lit a little.
  /// - Parameter progress: called now and then with the step and the mean cross entropy of its batch, in nats.
  package func train(progress: (Int, Double) -> Void) throws -> JointVAEModel {
    guard let shape = sources.first?.images.imageShape else { throw TrainingError.noImages }
    var configuration = TrainingConfiguration(
      imageShape: shape, latents: LatentSpec(continuous: 0, discrete: [classCount]))
    configuration.widths = NetworkWidths(
      mirroring: [32, 32, 64].map { NetworkStage(channels: $0) }, hiddenUnits: [64])
    configuration.continuousCapacity = Capacity(maximum: 0, rampSteps: 1, weight: 0)
    configuration.discreteCapacity = Capacity(maximum: 0, rampSteps: 1, weight: 0)
    configuration.optimizer = .adam(learningRate: 1e-3)
    configuration.learningRateDecay = Ramp(to: 0.1, from: steps / 2, through: steps)
    configuration.length = .steps(steps)
    configuration.seed = seed
    let labels = LabelTerm(classCount: classCount)
    let trainer = try Trainer(configuration: configuration, terms: [labels])
    for step in 1...steps {
      var random = RandomSequence(seed: seed, purpose: .order, index: step)
      var pixels: [UInt8] = []
      var batch: [Int] = []
      for sample in 0..<configuration.batchSize {
        let label = random.number(below: classCount)
        let (source, images) = members[label]
        guard !images.isEmpty else { continue }
        batch.append(label)
        pixels += warped(
          sources[source].images, at: images[random.number(below: images.count)], step: step,
          sample: sample)
      }
      labels.current.withLock { $0 = batch }
      let report = try trainer.step(pixels: pixels, noise: .random(seed: seed, step: step))
      if step % 500 == 0, let value = report.terms.measurements.last?.value {
        progress(step, value)
      }
    }
    return trainer.model
  }

  /// The share of each source's test images whose class is the most probable one of all classes.
  package func accuracies(of model: JointVAEModel) throws -> [(name: String, accuracy: Double)] {
    try zip(sources, firstClass).map { source, first in
      let labels = source.tests.labels ?? []
      let encoding = try model.encode(source.tests, at: Array(0..<source.tests.count))
      let hits = labels.indices.count {
        encoding.mostProbableCategory(of: $0) == first + labels[$0]
      }
      return (source.name, Double(hits) / Double(max(labels.count, 1)))
    }
  }

  private func warped(
    _ images: any LabeledImageSource, at index: Int, step: Int, sample: Int
  ) -> [UInt8] {
    let shape = images.imageShape
    let pixels = [UInt8](filling: shape.valueCount) { buffer, count in
      images.copyImages(at: [index], to: buffer)
      count = shape.valueCount
    }
    return ImageWarp(
      Self.transformation, size: shape.size, seed: seed, step: step, sample: sample
    ).applied(to: pixels, channels: shape.channels)
  }

  private static let transformation = ImageTransformation(
    rotation: 8, scale: 0.1, shift: 0.05, brightness: 0.2)
}

/// Minus the logarithm of the probability of each image's class, much heavier than the reconstruction.
private struct LabelTerm: LatentTerm {
  let name = "labels"
  let classCount: Int
  /// The classes of the next batch. A step is given them from outside, as training never looks at labels.
  let current = Labels()

  /// Labels by reference, as terms are values that the trainer copies.
  final class Labels: Sendable {
    private let labels = Mutex<[Int]>([])
    func withLock<Result>(_ body: (inout sending [Int]) throws -> sending Result) rethrows -> Result
    {
      try labels.withLock(body)
    }
  }

  func weight(atStep step: Int) -> Double { 1_000 }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    let labels = current.withLock { $0 }
    var sum = 0.0
    for (image, label) in labels.prefix(batch.count).enumerated() {
      let place = image * classCount + label
      let probability = Double(batch.alpha[place]) + 1e-12
      sum -= log(probability)
      gradient.alpha[place] -= Float(weight / (Double(batch.count) * probability))
    }
    return sum / Double(batch.count)
  }
}
