import JointVAE
import JointVAEData
import JointVAERuns
import Testing

struct SettingChangesTests {
  @Test("A new run has its recipe's settings")
  func recipe() throws {
    var changes = SettingChanges()
    changes.recipe = "paper"
    let run = try changes.newRun(on: "fashion-mnist")
    #expect(run.recipe == "fashion-mnist")
    #expect(run.training == Recipe.fashionMNIST.configuration(imageShape: ImageShape(size: 32)))
    #expect(run.images.request == DataSetRequest("fashion-mnist", imageSize: 32))
    #expect(run.images.validation == .count(0))
  }

  @Test("Every setting can be changed on its own")
  func changes() throws {
    var changes = SettingChanges()
    changes.recipe = "dsprites"
    changes.imageSize = 16
    changes.limit = 9
    changes.validation = .share(0.25)
    changes.continuous = 3
    changes.discrete = [4, 2]
    changes.loss = .meanSquaredError
    changes.reconstructionScale = .sum
    changes.continuousCapacity = Capacity(maximum: 7, rampSteps: 8, weight: 9)
    changes.discreteCapacity = Capacity(maximum: 1, rampSteps: 2, weight: 3)
    changes.temperature = 0.5
    changes.learningRate = 0.25
    changes.batchSize = 12
    changes.length = .steps(34)
    changes.seed = 56
    changes.logInterval = 7
    changes.checkpointInterval = 8
    let run = try changes.newRun(
      on: "mnist", images: ImageFacts(shape: ImageShape(size: 32, channels: 3)))

    var training = TrainingConfiguration(
      imageShape: ImageShape(size: 16, channels: 3),
      latents: LatentSpec(continuous: 3, discrete: [4, 2]))
    training.reconstructionLoss = .meanSquaredError
    training.reconstructionScale = .sum
    training.continuousCapacity = Capacity(maximum: 7, rampSteps: 8, weight: 9)
    training.discreteCapacity = Capacity(maximum: 1, rampSteps: 2, weight: 3)
    training.temperature = 0.5
    training.optimizer = .adam(learningRate: 0.25)
    training.batchSize = 12
    training.length = .steps(34)
    training.seed = 56
    #expect(run.training == training)
    #expect(run.recipe == "dsprites")
    #expect(run.images.request == DataSetRequest("mnist", imageSize: 16, limit: 9))
    #expect(run.images.validation == .share(0.25))
    #expect((run.logInterval, run.checkpointInterval) == (7, 8))
  }

  @Test("What c may say grows with its categories where the recipe lets it say all")
  func categories() throws {
    var changes = SettingChanges()
    changes.discrete = [20, 3]
    let pairs = try changes.newRun(on: "mnist").training.discreteCapacity
    #expect(pairs.maximum == LatentSpec(continuous: 0, discrete: [20, 3]).largestDiscreteKL)
    #expect(pairs.rampSteps == Recipe.mnistPairs.discreteCapacity.rampSteps)
    // 5 nats are the paper's, whatever c is; and a setting that is given is taken.
    changes.recipe = "paper"
    #expect(try changes.newRun(on: "mnist").training.discreteCapacity.maximum == 5)
    changes.recipe = nil
    changes.discreteCapacity = Capacity(maximum: 1, rampSteps: 2, weight: 3)
    #expect(try changes.newRun(on: "mnist").training.discreteCapacity.maximum == 1)
  }

  @Test("A recipe on pairs stretches to the steps, or to the epochs once the images are counted")
  func length() throws {
    var changes = SettingChanges()
    changes.length = .steps(6_000)
    let short = try changes.newRun(on: "mnist").training
    #expect(
      short == Recipe.mnistPairs.lasting(6_000).configuration(imageShape: ImageShape(size: 32)))
    #expect(short.discreteCapacity.rampSteps == 2_700)
    // 3 epochs of 4,000 pairs' images, 20 a step.
    changes.length = .epochs(3)
    changes.batchSize = 40
    let epochs = try changes.newRun(
      on: "mnist", images: ImageFacts(shape: ImageShape(size: 32), count: 4_000)
    ).training
    #expect(epochs.length == .epochs(3))
    #expect(epochs.learningRateDecay == Recipe.mnistPairs.lasting(600).learningRateDecay)
    // A setting that is given stays as it is.
    changes.learningRateDecay = .share(Ramp(to: 0.5, from: 7, through: 9))
    let said = try changes.newRun(
      on: "mnist", images: ImageFacts(shape: ImageShape(size: 32), count: 4_000)
    ).training
    #expect(said.learningRateDecay == Ramp(to: 0.5, from: 7, through: 9))
    #expect(said.continuousCapacity == epochs.continuousCapacity)
    // A run that goes on longer keeps the schedule it was begun with.
    let run = try changes.newRun(
      on: "mnist", images: ImageFacts(shape: ImageShape(size: 32), count: 4_000))
    var longer = SettingChanges()
    longer.length = .epochs(9)
    #expect(try longer.applied(to: run).training.continuousCapacity == epochs.continuousCapacity)
  }

  @Test("The optimizer's numbers go with its name")
  func optimizer() throws {
    var changes = SettingChanges()
    changes.optimizer = .sgd
    changes.learningRate = 0.1
    changes.momentum = 0.9
    let run = try changes.newRun(on: "mnist")
    #expect(run.training.optimizer == .sgd(learningRate: 0.1, momentum: 0.9))

    var faster = SettingChanges()
    faster.learningRate = 0.2
    #expect(
      try faster.applied(to: run).training.optimizer == .sgd(learningRate: 0.2, momentum: 0.9))

    changes.optimizer = .adam
    #expect(
      throws: ConfigurationError(
        "momentum", "0.9", expected: "none with adam; it goes with sgd")
    ) { try changes.newRun(on: "mnist") }
  }

  @Test("Adam's betas are set beside its step size, and are none of SGD's")
  func adamBetas() throws {
    var changes = SettingChanges()
    changes.learningRate = 0.1
    changes.adamBetas = [0.5, 0.99]
    let run = try changes.newRun(on: "mnist")
    #expect(run.training.optimizer == .adam(learningRate: 0.1, beta1: 0.5, beta2: 0.99))
    changes.optimizer = .sgd
    #expect(
      throws: ConfigurationError(
        "adam betas", "0.5,0.99", expected: "none with sgd; they go with adam")
    ) { try changes.newRun(on: "mnist") }
  }

  @Test("Paths in a run do not depend on the folder the program was started in")
  func absolutePaths() throws {
    var request = DataSetRequest("mnist", path: "data")
    let named = ImagesReference(request).withAbsolutePaths.request
    #expect(named.dataSet == "mnist")
    #expect(try #require(named.path).hasPrefix("/"))
    request = DataSetRequest("./digits")
    let path = ImagesReference(request).withAbsolutePaths.request
    #expect(path.dataSet.hasPrefix("/"))
    #expect(path.path == nil)
  }

  /// A setting that cannot be, and the sentence about it.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout SettingChanges) -> Void

    init(_ sentence: String, _ change: @escaping @Sendable (inout SettingChanges) -> Void) {
      testDescription = sentence
      self.change = change
    }
  }

  static let refusals = [
    Refusal("latents is 0 + []; expected at least one continuous or discrete variable") {
      ($0.continuous, $0.discrete) = (0, [])
    },
    Refusal("learning rate is -1.0; expected a number above 0") { $0.learningRate = -1 },
    Refusal("learning rate is inf; expected a number above 0") { $0.learningRate = .infinity },
    Refusal("adam beta1 is 1.0; expected at least 0 and below 1") { $0.adamBetas = [1, 0.5] },
    Refusal("adam beta2 is -0.5; expected at least 0 and below 1") { $0.adamBetas = [0.5, -0.5] },
    Refusal("temperature is nan; expected a number above 0") { $0.temperature = .nan },
    Refusal("batch size is 0; expected from 1 to 65536 images") { $0.batchSize = 0 },
    Refusal("epochs is 0; expected at least 1") { $0.length = .epochs(0) },
    Refusal("steps is -5; expected at least 1") { $0.length = .steps(-5) },
    Refusal("steps is 9223372036854775807; expected at most 1000000000000") {
      $0.length = .steps(.max)
    },
    Refusal("image size is 7; expected \(ImageSize.words)") { $0.imageSize = 7 },
    Refusal("channels of img_to_features.2 is 33; expected a multiple of 32 from 32 to 2048") {
      $0.channels = [32, 33]
    },
    Refusal("units of features_to_hidden.0 is 0; expected a multiple of 32 from 32 to 2048") {
      $0.hidden = [0]
    },
    Refusal("limit is 0; expected at least 1 image") { $0.limit = 0 },
    Refusal("log interval is 0; expected at least 1 step") { $0.logInterval = 0 },
    Refusal("checkpoint interval is -1; expected at least 1 step") { $0.checkpointInterval = -1 },
  ]

  @Test("A setting that cannot be is refused", arguments: refusals)
  func refused(refusal: Refusal) {
    var changes = SettingChanges()
    refusal.change(&changes)
    let error = #expect(throws: ConfigurationError.self) { try changes.newRun(on: "mnist") }
    #expect(error?.description == refusal.testDescription)
  }
}
