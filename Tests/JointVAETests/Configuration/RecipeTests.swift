import JointVAE
import Testing

struct RecipeTests {
  @Test("The published recipes are those of the reference")
  func published() {
    let lines = Recipe.all.filter(\.isPublished).map { recipe in
      let (z, c) = (recipe.continuousCapacity, recipe.discreteCapacity)
      return "\(recipe.name) \(recipe.learningRate) \(recipe.length) \(recipe.latents) "
        + "\(z.minimum),\(z.maximum),\(z.rampSteps),\(z.weight) "
        + "\(c.minimum),\(c.maximum),\(c.rampSteps),\(c.weight) \(recipe.imageSize)"
    }
    #expect(
      lines == [
        "mnist 0.0005 epochs(100) 10 + [10] 0.0,5.0,25000,30.0 0.0,5.0,25000,30.0 32",
        "fashion-mnist 0.0005 epochs(100) 10 + [10] 0.0,5.0,50000,100.0 0.0,10.0,50000,100.0 32",
        "dsprites 0.0005 epochs(30) 6 + [3] 0.0,40.0,300000,150.0 0.0,1.1,300000,150.0 64",
        "chairs 0.0001 epochs(100) 32 + [2, 2, 2] 0.0,30.0,100000,300.0 0.0,5.0,100000,300.0 64",
        "celeba 0.0005 epochs(100) 32 + [10] 0.0,50.0,100000,100.0 0.0,10.0,100000,100.0 64",
      ])
  }

  @Test("The published recipes of other models are those of the studies that docs/family.md names")
  func family() {
    let lines = Recipe.all.filter { $0.model != .jointVAE }.map { recipe in
      let capacity = recipe.continuousCapacity
      return "\(recipe.name) \(recipe.learningRate) \(recipe.length) \(recipe.latents) "
        + "\(recipe.imageSize) "
        + (capacity.weight > 0
          ? "\(capacity.maximum),\(capacity.rampSteps),\(capacity.weight)"
          : "\(recipe.model)".replacing("JointVAE.MinibatchSampling", with: ""))
    }
    #expect(
      lines == [
        "dsprites-vae 0.0001 steps(300000) 10 + [] 64 vae",
        "dsprites-beta-vae 0.0001 steps(300000) 10 + [] 64 betaVAE(beta: 4.0)",
        "dsprites-cci-vae 0.0001 steps(300000) 10 + [] 64 25.0,100000,1000.0",
        "dsprites-beta-tcvae 0.0001 steps(300000) 10 + [] 64 betaTCVAE(beta: 6.0, sampling: .stratified)",
        "dsprites-dip-vae-1 0.0001 steps(300000) 10 + [] 64 dipVAE1(offDiagonal: 10.0, diagonal: 100.0)",
        "dsprites-dip-vae-2 0.0001 steps(300000) 10 + [] 64 dipVAE2(offDiagonal: 10.0, diagonal: 10.0)",
        "dsprites-factor-vae 0.0001 steps(300000) 10 + [] 64 factorVAE(weight: 30.0, units: 1000)",
        "mnist-vae 0.0005 epochs(400) 10 + [] 32 vae",
        "mnist-beta-vae 0.0005 epochs(400) 10 + [] 32 betaVAE(beta: 4.0)",
        "mnist-cci-vae 0.0005 epochs(400) 10 + [] 32 25.0,100000,1000.0",
        "mnist-beta-tcvae 0.0005 epochs(400) 10 + [] 32 betaTCVAE(beta: 6.0, sampling: .stratified)",
        "mnist-factor-vae 0.0001 epochs(400) 10 + [] 32 factorVAE(weight: 6.0, units: 1000)",
        "chairs-vae 0.0005 epochs(300) 10 + [] 64 vae",
        "chairs-beta-vae 0.0005 epochs(300) 10 + [] 64 betaVAE(beta: 4.0)",
        "chairs-cci-vae 0.0005 epochs(300) 10 + [] 64 25.0,100000,1000.0",
        "chairs-beta-tcvae 0.0005 epochs(300) 10 + [] 64 betaTCVAE(beta: 3.2, sampling: .stratified)",
        "chairs-factor-vae 0.0001 epochs(300) 10 + [] 64 factorVAE(weight: 3.2, units: 1000)",
      ])
  }

  @Test("Every recipe makes a configuration that can be trained", arguments: Recipe.all)
  func valid(recipe: Recipe) throws {
    let configuration = recipe.configuration(imageShape: ImageShape(size: recipe.imageSize))
    try configuration.validate()
    #expect(configuration.latents == recipe.latents)
    #expect(configuration.optimizer == .adam(learningRate: recipe.learningRate))
    #expect(configuration.learningRateDecay == recipe.learningRateDecay)
    #expect(configuration.pairing == recipe.pairing)
    #expect(configuration.length == recipe.length)
    #expect(configuration.batchSize == 64)
    #expect(configuration.temperature == 0.67)
  }

  @Test("A recipe on pairs takes the same shares of a run of another length")
  func stretched() throws {
    let third = Recipe.mnistPairs.lasting(10_000)
    #expect(third.length == .steps(10_000))
    #expect(
      third.continuousCapacity
        == Capacity(
          maximum: 5, rampSteps: 5_300, weight: 30,
          laterRise: Ramp(to: 10, from: 6_500, through: 8_200)))
    #expect(third.discreteCapacity.rampSteps == 4_500)
    #expect(third.discreteCapacity.maximum == Recipe.mnistPairs.discreteCapacity.maximum)
    #expect(third.learningRateDecay == Ramp(to: 0.1, from: 6_500, through: 10_000))
    #expect(third.pairing?.transformationDecay == Ramp(to: 0, from: 6_500, through: 9_000))
    #expect(third.lasting(30_000) == .mnistPairs)
    #expect(Recipe.mnistPairs.lasting(30_000) == .mnistPairs)
    // Published recipes count the steps of their capacities, whatever the length.
    #expect(Recipe.mnist.lasting(10_000) == .mnist)
    #expect(Recipe.shapes.lasting(10_000) == .shapes)
  }

  @Test(
    "However short or long a run is, its recipe can be trained",
    arguments: Recipe.all, [1, 2, 3, 7, 100, TrainingConfiguration.stepLimit])
  func anyLength(recipe: Recipe, steps: Int) throws {
    try recipe.lasting(steps).configuration(imageShape: ImageShape(size: 32)).validate()
  }

  @Test("A data set gets its own recipe, an unknown one that for images, and a name is a name")
  func choice() throws {
    #expect(try Recipe.choose(nil, dataSet: "shapes") == .shapes)
    #expect(try Recipe.choose("pairs", dataSet: "shapes") == .shapesPairs)
    #expect(try Recipe.choose(nil, dataSet: "shapes-rgb") == .coloredShapes)
    #expect(try Recipe.choose(nil, dataSet: "dsprites") == .dSprites)
    #expect(try Recipe.choose(nil, dataSet: "mnist") == .mnistPairs)
    #expect(try Recipe.choose(nil, dataSet: "sprites") == .spritesPairs)
    #expect(try Recipe.choose("pairs", dataSet: "mnist") == .mnistPairs)
    #expect(try Recipe.choose("mnist-pairs", dataSet: "shapes") == .mnistPairs)
    #expect(try Recipe.choose("pairs", dataSet: "./photos") == .anyPairs)
    #expect(try Recipe.choose("mnist", dataSet: "mnist") == .mnist)
    let facts = ImageFacts(shape: ImageShape(size: 64, channels: 3), count: 60)
    #expect(try Recipe.choose(nil, dataSet: "./photos", images: facts) == .images(facts))
    #expect(try Recipe.choose("images", dataSet: "mnist", images: facts) == .images(facts))
    #expect(try Recipe.choose("celeba", dataSet: "mnist") == .celebA)
    #expect(try Recipe.choose("paper", dataSet: "fashion-mnist") == .fashionMNIST)
  }

  @Test("A recipe's neighbors are left out where a set has too few images or too many")
  func neighbors() {
    let recipe = Recipe.lettersPairs
    #expect(recipe.pairing?.neighbors == NeighborTwins(count: 10, steps: [10_500, 16_500, 22_500]))
    #expect(recipe.lasting(10_000).pairing?.neighbors?.steps == [3_500, 5_500, 7_500])
    for count in [11, 200_000] { #expect(recipe.suited(toImages: count) == recipe) }
    for count in [1, 10, 200_001] {
      var alone = recipe
      alone.training.pairing?.neighbors = nil
      #expect(recipe.suited(toImages: count) == alone)
    }
  }

  @Test("The weights of colored shapes grow with the pixels; those of other recipes stay")
  func sized() {
    let weights = [32, 64, 96, 128].map { side in
      let recipe = Recipe.coloredShapes.sized(ImageSize(side: side))
      #expect(recipe.imageSize == ImageSize(side: side))
      return [
        recipe.continuousCapacity.weight, recipe.discreteCapacity.weight,
        recipe.pairing?.consistencyWeight, recipe.pairing?.balanceWeight,
      ]
    }
    #expect(weights == [[2, 5, 2, 15], [8, 20, 8, 60], [18, 45, 18, 135], [32, 80, 32, 240]])
    #expect(Recipe.coloredShapes.sized(64) == .coloredShapes)
    // At 12 nats four of ten latents fell silent.
    let capacity = Recipe.coloredShapes.continuousCapacity
    #expect(capacity.maximum == 25 && capacity.rampSteps == 4_000)
    #expect(capacity.laterRise == nil)
    var mnist = Recipe.mnist
    mnist.training.imageShape.size = 64
    #expect(Recipe.mnist.sized(64) == mnist)
  }

  @Test(
    "The recipe for images follows from their number, shape and classes",
    arguments: [
      (60, 64, 3, nil, 3_000, 7), (20, 32, 3, nil, 5_000, 2), (1, 32, 1, nil, 5_000, 2),
      (300, 64, 1, nil, 3_000, 10), (300, 64, 1, 5, 3_000, 5), (100_000, 32, 1, nil, 18_750, 10),
      (1_000_000, 128, 3, 500, 30_000, 60), (1_000, 128, 3, 1, 1_500, 2),
    ] as [(Int, Int, Int, Int?, Int, Int)])
  func images(count: Int, size: Int, channels: Int, classes: Int?, steps: Int, categories: Int)
    throws
  {
    let shape = ImageShape(size: size, channels: channels)
    let recipe = Recipe.images(ImageFacts(shape: shape, count: count, classCount: classes))
    #expect(recipe.length == .steps(steps) && recipe.latents.discrete == [categories])
    let configuration = recipe.configuration(imageShape: shape)
    try configuration.validate()
    // Every ramp ends before the run does, so that its length is enough for all of it.
    let z = configuration.continuousCapacity
    #expect(z.rampSteps < steps && (z.laterRise?.end ?? .max) < steps)
    #expect(z.weight == max(30, 30 * Double(size * size) / 1_024))
    #expect(configuration.discreteCapacity.rampSteps < steps)
    #expect(configuration.learningRateDecay?.end == steps)
    #expect(recipe.takesSizeOfFiles && !Recipe.mnist.takesSizeOfFiles)
    #expect(recipe.training.optimizer.learningRate == 1e-3)
    #expect(recipe.initialOutput == nil)
    let facts = ImageFacts(
      shape: shape, count: count, background: .most,
      means: Array(repeating: 0.12345, count: channels))
    #expect(Recipe.images(facts).learningRate == 3e-4)
    #expect(Recipe.images(facts).initialOutput == Array(repeating: 0.123, count: channels))
    try Recipe.images(facts).configuration(imageShape: shape).validate()
    let short = recipe.lasting(100).configuration(imageShape: shape)
    try short.validate()
    #expect(short.continuousCapacity.rampSteps == 40)
  }

  @Test("Black and white have no logit, so outputs begin a little beside them")
  func extremes() {
    let facts = ImageFacts(shape: ImageShape(size: 32, channels: 3), means: [0, 1, 0.5])
    #expect(Recipe.images(facts).initialOutput == [0.01, 0.99, 0.5])
  }

  @Test("Drawings are mostly background, as small things on white are, photos little")
  func background() {
    let found = [0, 0.045, 0.955, 0.11, 0.868, 0.2, 0.51, 0.79].map(
      ImageFacts.Background.init(mean:))
    #expect(
      found == [.most, .most, .most, .most, .most, .little, .little, .little])
  }

  @Test("A recipe that does not exist is refused with those that do")
  func unknown() {
    let names = "mnist, fashion-mnist, dsprites, chairs, celeba"
    #expect(
      throws: ConfigurationError(
        "recipe", "quick", expected: "paper, pairs, images or one of \(names), shapes, shapes-rgb")
    ) { try Recipe.choose("quick", dataSet: "mnist") }
    #expect(
      throws: ConfigurationError(
        "recipe", "paper",
        expected: "a data set with a published recipe (\(names)); shapes has none")
    ) { try Recipe.choose("paper", dataSet: "shapes") }
  }
}
