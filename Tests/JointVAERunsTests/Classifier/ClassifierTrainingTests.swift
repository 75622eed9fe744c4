import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

@Suite("Training of the classifier that ships") struct ClassifierTrainingTests {
  private func source<Generator: GeneratedDataSet>(_ type: Generator.Type) throws
    -> ClassifierTraining.Source
  {
    ClassifierTraining.Source(
      name: type.name,
      images: try type.init(seed: 1, split: .train).images(count: 600, size: 16),
      tests: try type.init(seed: 1, split: .test).images(count: 200, size: 16))
  }

  @Test("It learns the classes of several sets at once, and repeats itself to the bit")
  func learns() throws {
    var training = try ClassifierTraining([
      source(ShapeGenerator.self), source(SpriteGenerator.self),
    ])
    #expect(training.classCount == 7)
    training.steps = 500
    var losses: [Double] = []
    let model = try training.train { step, loss in
      #expect(step == 500)
      losses.append(loss)
    }
    // A guess among seven classes has log 7 = 1.95 nats.
    #expect(losses.count == 1 && losses[0] < 1.2, "\(losses)")
    let accuracies = try training.accuracies(of: model)
    #expect(accuracies.map(\.name) == ["shapes", "sprites"])
    #expect(accuracies[0].accuracy > 0.6, "\(accuracies)")
    training.steps = 20
    let first = try training.train { _, _ in }
    let second = try training.train { _, _ in }
    #expect(first.tensors == second.tensors)
  }

  @Test("Images without labels are refused, with the set's name")
  func unlabeled() throws {
    let images = try LabeledImages(
      name: "mine", origin: "here", imageShape: ImageShape(size: 16),
      pixels: [UInt8](repeating: 0, count: 512))
    let source = ClassifierTraining.Source(name: "mine", images: images, tests: images)
    #expect(throws: FileError.self) { try ClassifierTraining([source]) }
  }
}
