import JointVAE
import Testing

/// Networks of other sizes and widths than the paper's compute and learn as they do in PyTorch.
@Suite struct NetworkAnswersTests {
  @Test(
    "There are answers for odd, oblong, large, wide, deep and colored networks, and for every model"
  )
  func files() throws {
    #expect(NetworkAnswers.names.count >= 8)
    let models = try NetworkAnswers.family.map { try NetworkAnswers($0).configuration.model.name }
    #expect(Set(models) == Set(ModelVariant.Name.allCases).subtracting([.jointVAE]))
  }

  @Test(
    "Codes, pictures, losses, gradients and weights equal PyTorch's",
    arguments: NetworkAnswers.names + NetworkAnswers.family)
  func training(name: String) throws {
    let answers = try NetworkAnswers(name)
    let start = try answers.initialTensors()
    let trainer = try Trainer(
      configuration: answers.configuration, startingFrom: start, compute: .threads(2))
    trainer.keepsGradients = true
    let firstDiscriminator = trainer.learnedTensors
    try checkForward(answers, trainer.model)
    for step in 1...answers.steps {
      let report = try trainer.step(
        pixels: answers.pixels(step: step), noise: answers.noise(step: step),
        second: answers.second(step: step), trainingImages: answers.trainingImages)
      let terms = report.terms
      let ours = [
        terms.loss / Double(answers.configuration.imageShape.pixelCount), terms.reconstruction,
        terms.continuousKL, terms.discreteKL, terms.loss,
      ]
      for (column, (value, expected)) in zip(ours, try answers.losses(step: step)).enumerated() {
        #expect(
          abs(value - expected) <= 2e-5 * max(1, abs(expected)),
          "step \(step), column \(column): \(value), PyTorch \(expected)")
      }
      if answers.second(step: step) != nil {
        let value = try #require(terms.measurements["total_correlation"])
        let expected = try answers.numbers("total_correlation")[step - 1]
        #expect(abs(value - expected) <= 2e-5, "step \(step): \(value), PyTorch \(expected)")
      }
      guard step == 1 else { continue }
      for (index, tensor) in trainer.gradientTensors.enumerated() {
        let error = try answers.distance(
          tensor.floats.map(Double.init), from: "gradient/\(tensor.name)", stream: 5000 + index)
        #expect(error <= 1e-4, "gradient of \(tensor.name) is off by \(error) of its norm")
      }
    }
    for (index, (tensor, first)) in zip(trainer.model.tensors, start).enumerated() {
      let change = zip(tensor.floats, first.floats).map { Double($0) - Double($1) }
      let error = try answers.distance(change, from: "change/\(tensor.name)", stream: 6000 + index)
      #expect(error <= 1e-3, "\(tensor.name) is off by \(error) of its change")
    }
    // Adam's moments follow the weights.
    for (index, (tensor, first)) in zip(trainer.learnedTensors, firstDiscriminator).enumerated()
    where tensor.name.hasPrefix("discriminator/") {
      let change = zip(tensor.floats, first.floats).map { Double($0) - Double($1) }
      let error = try answers.distance(change, from: tensor.name, stream: 7000 + index)
      #expect(error <= 1e-3, "\(tensor.name) is off by \(error) of its change")
    }
  }

  private func checkForward(_ answers: NetworkAnswers, _ model: JointVAEModel) throws {
    let images = ImageBatch(
      shape: model.imageShape, values: answers.pixels(step: 1).map { Float($0) / 255 })
    let encoding = try model.encode(images)
    var found: [(String, [Float])] = [
      ("mean", encoding.mean), ("log_variance", encoding.logVariance),
    ]
    found += encoding.probabilities.enumerated().map { ("alpha.\($0.offset)", $0.element) }
    let rebuilt = try model.decode(vectors: encoding.modes()).values
    let stride = max(1, rebuilt.count / 199)
    found.append(
      ("reconstruction", Swift.stride(from: 0, to: rebuilt.count, by: stride).map { rebuilt[$0] }))
    for (name, values) in found where !values.isEmpty {
      #expect(
        largestDifference(values, try answers.numbers(name).map(Float.init)) < 1e-5, "\(name)")
    }
  }
}
