import Foundation
import JointVAE
import JointVAEMetrics
import Testing

@Suite("Evaluation of one model") struct EvaluationTests {
  static let images = FormulaImages(count: 60)
  static let latents = LatentSpec(continuous: 2, discrete: [1, 3])

  static func model() throws -> JointVAEModel {
    try JointVAEModel(imageShape: images.imageShape, latents: latents, seed: 4).attentive()
  }

  /// Labels that c1 knows of: its own categories, with some mistakes.
  static func labels(_ model: JointVAEModel) throws -> [Int] {
    try model.measure(images).categories(of: 1).enumerated().map { $0 % 10 == 0 ? 3 : $1 }
  }

  static func evaluation(_ options: EvaluationOptions = EvaluationOptions()) throws -> Evaluation {
    let model = try model()
    return try model.evaluate(
      on: images, labels: labels(model), classNames: ["a", "b", "c", "odd"], options: options)
  }

  @Test("It holds what the single measures say")
  func parts() throws {
    let model = try Self.model()
    let evaluation = try Self.evaluation()
    let measured = try model.measure(Self.images)
    let terms = measured.terms()
    #expect(evaluation.images == 60 && evaluation.latents == Self.latents)
    #expect(evaluation.reconstruction == terms.reconstruction)
    #expect(evaluation.kl.continuous == terms.continuousKL)
    #expect(evaluation.kl.discrete == terms.discreteKL)
    #expect(evaluation.kl.perLatent == terms.continuousKLs + terms.discreteKLs)
    #expect(evaluation.activeUnits == terms.activeDimensions)
    let confusion = try ConfusionMatrix(
      labels: Self.labels(model), categories: measured.categories(of: 1),
      classNames: ["a", "b", "c", "odd"], categoryCount: 3)
    // c1 knows more of the labels than c0, which has one category.
    #expect(evaluation.accuracy == LabelScores(variable: 1, confusion: confusion))
    #expect(try evaluation.requireAccuracy().majority == confusion.majorityAccuracy)
    #expect(confusion.usedCategoryCount > 1)
    #expect(evaluation.discreteVariables.map(\.name) == ["c0", "c1"])
    #expect(evaluation.discreteVariables.map { $0.counts.reduce(0, +) } == [60, 60])
    #expect(evaluation.discreteVariables[0].categoriesUsed == 1)
    #expect(evaluation.discreteVariables[0].meanLargestProbability == 1)
    #expect(
      evaluation.likelihood
        == (try model.likelihoodBound(on: Self.images, samples: 1, seed: 0)))
    #expect(evaluation.disentanglement.isEmpty)
  }

  @Test("Cross-entropy has the entropy of gray values for its floor, in its own scale")
  func floor() throws {
    let sums = (0..<Self.images.count).map { index in
      Self.images.values(of: index).reduce(0.0) { sum, x in
        x == 0 || x == 1 ? sum : sum - x * log(x) - (1 - x) * log(1 - x)
      }
    }
    let mean = sums.reduce(0, +) / Double(sums.count)
    let evaluation = try Self.evaluation()
    let floor = try #require(evaluation.reconstructionFloor)
    #expect(abs(floor - mean) < 1e-9 * mean)
    #expect(evaluation.reconstruction > floor && floor > 1)
    #expect(evaluation.text.contains(" above the entropy of the gray values, "))
    let color = FormulaImages(count: 9, imageShape: ImageShape(size: 16, channels: 3))
    let model = try JointVAEModel(imageShape: color.imageShape, latents: Self.latents, seed: 4)
    var options = EvaluationOptions()
    let pixels = try #require(try model.evaluate(on: color, options: options).reconstructionFloor)
    options.reconstruction.scale = .sum
    let values = try #require(try model.evaluate(on: color, options: options).reconstructionFloor)
    #expect(abs(values - 3 * pixels) < 1e-9 * values)
    options.reconstruction.loss = .meanSquaredError
    let other = try model.evaluate(on: color, options: options)
    #expect(other.reconstructionFloor == nil && !other.text.contains("entropy of the gray"))
  }

  @Test("The ELBO of a Gaussian likelihood follows from its squares, constants and the KL")
  func gaussianBound() throws {
    func evaluation(_ deviation: Double) throws -> Evaluation {
      var options = EvaluationOptions()
      options.reconstruction.loss = .gaussian(deviation: deviation)
      options.disentanglement = nil
      options.seed = 3
      return try Self.evaluation(options)
    }
    let (narrow, wide) = (try evaluation(1), try evaluation(2))
    let first = try #require(narrow.likelihood).elbo
    let second = try #require(wide.likelihood).elbo
    let (count, kl) = (
      Double(narrow.imageShape.valueCount), narrow.kl.continuous + narrow.kl.discrete
    )
    // -S/2 - n k - KL and -S/8 - n (log 2 + k) - KL with the same squares S, as the samples are the same.
    let k = 0.5 * log(2 * Double.pi)
    let expected = count * (3 * k + 4 * log(2)) + 3 * kl
    #expect(abs(first - 4 * second - expected) < 1e-6 * expected)
    #expect(narrow.reconstructionLoss == "gaussian:1.0")
  }

  @Test("There is no bound for a loss that is no likelihood")
  func noLikelihood() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Self.model().likelihoodBound(
        on: Self.images, loss: .robust(RobustLoss(alpha: 1, scale: 0.5)), samples: 1)
    }
    #expect(
      error?.description
        == "loss is robust:1.0,0.5; expected the negative logarithm of a likelihood, such as bce")
  }

  @Test("Options choose variable, loss, scale, samples and factors")
  func options() throws {
    var options = EvaluationOptions()
    options.labelVariable = 0
    options.likelihoodSamples = 4
    options.seed = 3
    options.reconstruction.scale = .sum
    let evaluation = try Self.evaluation(options)
    #expect(evaluation.accuracy?.variable == 0)
    #expect(evaluation.likelihood?.samples == 4 && evaluation.likelihood?.seed == 3)
    #expect(evaluation.reconstructionScale == .sum && evaluation.reconstructionLoss == "bce")
    options.likelihoodSamples = 0
    #expect(try Self.evaluation(options).likelihood == nil)
    options.likelihoodSamples = 1
    options.reconstruction.loss = .cauchy(scale: 0.5)
    let other = try Self.evaluation(options)
    // Cauchy's is not the logarithm of a likelihood.
    #expect(other.likelihood == nil && other.reconstructionLoss == "cauchy:0.5")
    #expect(other.reconstruction != evaluation.reconstruction)
    options.labelVariable = 2
    #expect(throws: MetricError.self) { try Self.evaluation(options) }
    options.labelVariable = nil
    options.disentanglement = FactorWorld.quick
    let factors = try FactorLabels(
      names: ["x"], sizes: [3], values: (0..<60).map { $0 * 7 % 3 })
    let scored = try Self.model().evaluate(
      on: Self.images, factors: factors, options: options)
    #expect(scored.disentanglement.count == 21 && scored.accuracy == nil)
    #expect(try scored.requireDisentanglement() == scored.disentanglement)
  }

  @Test("A collapsed model is called so, by the capacity when that is known")
  func collapse() throws {
    let collapsed = try Self.model().withPriorPosterior()
    #expect(try collapsed.evaluate(on: Self.images).isCollapsed)
    var options = EvaluationOptions()
    #expect(
      try Self.evaluation(options).isCollapsed
        == ((try Self.evaluation().information?.total ?? 0) < CodeInformation.emptyThreshold))
    // A quarter of a nat from the prior, but the same for every image.
    let shifted = try collapsed.with(["fc_mean.bias": 0.5])
    #expect(try shifted.evaluate(on: Self.images).isCollapsed)
    let carried = try #require(Self.evaluation().information?.total)
    options.capacity = 12 * carried
    #expect(try Self.evaluation(options).isCollapsed == (12 * carried > 1))
    options.capacity = 8 * carried
    #expect(try Self.evaluation(options).isCollapsed == (carried < CodeInformation.emptyThreshold))
  }

  @Test("JSON has the keys of the schema, and reads back as it was")
  func json() throws {
    var evaluation = try Self.evaluation()
    evaluation.model = "runs/a/model.safetensors"
    evaluation.dataSet = "formula"
    evaluation.split = "test"
    let text = try evaluation.json()
    #expect(text.hasSuffix("}\n") && text.contains("runs/a/model.safetensors"))
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "accuracy", "activeUnits", "calibration", "collapsed", "dataSet", "discreteVariables",
        "disentanglement", "distinctness", "fewLabels", "imageShape", "images", "information", "kl",
        "latents", "likelihood", "model", "reconstruction", "reconstructionFloor",
        "reconstructionLoss",
        "reconstructionScale", "schema", "split",
      ])
    func keys(_ name: String) -> [String] { (object[name] as? [String: Any])?.keys.sorted() ?? [] }
    #expect(
      keys("accuracy") == [
        "adjustedRandIndex", "confusion", "majority", "majorityMap", "normalizedMutualInformation",
        "oneToOne", "oneToOneMap", "variable",
      ])
    #expect(keys("kl") == ["continuous", "discrete", "perLatent"])
    #expect(
      keys("likelihood") == [
        "bound", "boundStandardError", "elbo", "elboStandardError", "images", "samples", "seed",
      ])
    #expect(object["schema"] as? Int == 1 && object["images"] as? Int == 60)
    #expect(try JSONDecoder().decode(Evaluation.self, from: Data(text.utf8)) == evaluation)
  }

  @Test("Text for people")
  func text() throws {
    var evaluation = try Self.evaluation()
    evaluation.reconstruction = 147.64351
    evaluation.kl = Evaluation.Divergences.decoded(
      #"{"continuous": 1.5, "discrete": 0.25, "perLatent": [1, 0.5, 0, 0.25]}"#)
    evaluation.activeUnits = 2
    evaluation.information?.continuous = [0.75, 0.5]
    evaluation.information?.discrete = [0, 0.125]
    evaluation.information?.meanVariances = [0.5, 0.001]
    evaluation.distinctness?.recognized = 58
    evaluation.distinctness?.varianceRatio = 0.5
    evaluation.accuracy = LabelScores(
      variable: 1,
      confusion: ConfusionMatrix(
        classNames: ["a", "b"], categoryCount: 3, counts: [[30, 0, 1], [2, 27, 0]]))
    evaluation.discreteVariables = []
    evaluation.calibration = Calibration((0..<60).map { (confidence: 0.98, isRight: $0 < 30) })
    evaluation.fewLabels?[0].mean = 0.75
    evaluation.fewLabels?[0].deviation = 0.125
    evaluation.fewLabels = evaluation.fewLabels.map { Array($0.prefix(1)) }
    evaluation.likelihood?.elbo = -150.25
    evaluation.likelihood?.elboStandardError = 0.5
    evaluation.disentanglement = [
      DisentanglementScore(
        name: "mig", protocol: "mig/locatello", value: 0.25, counts: ["images": 60, "bins": 20],
        seed: 0, discreteCode: .oneHot)
    ]
    #expect(
      evaluation.text == """
        images                   60 of 16x16x1, latents 2 + [1, 3]
        accuracy                 0.9667 by majority class, 0.9500 one to one (c1)
        agreement                0.7804 normalized mutual information, 0.8372 adjusted Rand index
        few labels               0.7500 +- 0.1250 with 1 labels a category
        calibration              expected error 0.4800: sure of 0.980 in the mean
        reconstruction           147.6435 nats an image (bce, scale reference), 62.4580 above the entropy of the gray values, 85.1855
        KL                       1.5000 nats continuous, 0.2500 nats discrete
        information              1.2500 nats continuous, 0.1250 nats discrete (KL less what is the same for all images)
        active units             2 of 2 carry more than 0.1 nats; 1 by variance of the mean (above 0.01), 2 by KL (above 0.1 nats)
        reconstructions          58 of 60 nearest to their own image; variance 0.50 of the images'
        ELBO                     -150.2500 +- 0.5000 nats (1 sample an image, seed 0)
        mig/locatello (one-hot)  0.2500 (bins 20, images 60, seed 0)

        KL of every latent, in nats
        z0 1.000   z1 0.500   c0 0.000   c1 0.250

        Images by class (rows) and category of c1 (columns)
        class    0   1  2
        a       30   0  1
        b        2  27  0
        mostly   a   b  a

        """)
    evaluation.isCollapsed = true
    evaluation.likelihood?.samples = 30
    #expect(evaluation.text.contains("collapsed  "))
    #expect(evaluation.text.contains("log-likelihood           at least -"))
  }

  @Test("Labels and factors that do not fit, and scores that cannot be had, are errors that say so")
  func badInput() throws {
    let model = try Self.model()
    #expect(throws: MetricError.count(of: "labels", 2, expected: 60)) {
      try model.evaluate(on: Self.images, labels: [0, 1], classNames: ["a", "b"])
    }
    #expect(throws: MetricError.self) {
      try model.evaluate(
        on: Self.images, labels: Array(repeating: 5, count: 60), classNames: ["a", "b"])
    }
    let few = try FactorLabels(names: ["x"], sizes: [2], values: [0, 1])
    #expect(throws: MetricError.count(of: "rows of factors", 2, expected: 60)) {
      try model.evaluate(on: Self.images, factors: few)
    }
    let unlabeled = try model.evaluate(on: Self.images)
    let noLabels = #expect(throws: MetricError.self) { try unlabeled.requireAccuracy() }
    #expect(
      noLabels?.description
        == "accuracy compares with labels, and the data set has none; name a data set with classes")
    let noFactors = #expect(throws: MetricError.self) { try unlabeled.requireDisentanglement() }
    #expect(noFactors?.description.contains("known factors, and the data set has none") == true)
    // Of one class, a model that learned nothing would be right about every image.
    let alike = try model.evaluate(
      on: Self.images, labels: Array(repeating: 1, count: 60), classNames: ["a", "b"])
    #expect(alike.accuracy == nil && alike.onlyClass == "b")
    #expect(alike.text.contains("none, as all images are of the class b"))
    #expect(throws: MetricError.oneClass(score: "accuracy", name: "b")) {
      try alike.requireAccuracy()
    }
    let continuous = try JointVAEModel(
      imageShape: Self.images.imageShape, latents: LatentSpec(continuous: 2), seed: 4)
    let evaluation = try continuous.evaluate(
      on: Self.images, labels: Array(repeating: 0, count: 60), classNames: ["a"])
    #expect(evaluation.accuracy == nil)
    let noVariable = #expect(throws: MetricError.self) { try evaluation.requireAccuracy() }
    #expect(
      noVariable?.description == "accuracy needs a discrete variable, and the latents are 2 + []")
  }
}

extension Decodable {
  static func decoded(_ json: String) -> Self {
    do {
      return try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    } catch { preconditionFailure("\(error)") }
  }
}
