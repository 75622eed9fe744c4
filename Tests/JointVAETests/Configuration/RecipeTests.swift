import JointVAE
import Testing

struct RecipeTests {
  @Test("The published recipes are those of the reference")
  func published() {
    let lines = Recipe.all.filter(\.isPublished).map { recipe in
      let (z, c) = (recipe.continuousCapacity, recipe.discreteCapacity)
      return "\(recipe.name) \(recipe.learningRate) \(recipe.length) \(recipe.latents) "
        + "\(z.minimum),\(z.maximum),\(z.iterations),\(z.weight) "
        + "\(c.minimum),\(c.maximum),\(c.iterations),\(c.weight) \(recipe.imageSize)"
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

  @Test("A data set gets its own recipe, an unknown one MNIST's, and a name is a name")
  func choice() throws {
    #expect(try Recipe.choose(nil, dataSet: "shapes") == .shapes)
    #expect(try Recipe.choose("pairs", dataSet: "shapes") == .shapesPairs)
    #expect(try Recipe.choose(nil, dataSet: "dsprites") == .dSprites)
    #expect(try Recipe.choose(nil, dataSet: "mnist") == .mnistPairs)
    #expect(try Recipe.choose("pairs", dataSet: "mnist") == .mnistPairs)
    #expect(try Recipe.choose("mnist-pairs", dataSet: "shapes") == .mnistPairs)
    #expect(try Recipe.choose("pairs", dataSet: "./photos") == .anyPairs)
    #expect(try Recipe.choose("mnist", dataSet: "mnist") == .mnist)
    #expect(try Recipe.choose(nil, dataSet: "./photos") == .mnist)
    #expect(try Recipe.choose("celeba", dataSet: "mnist") == .celebA)
    #expect(try Recipe.choose("paper", dataSet: "fashion-mnist") == .fashionMNIST)
  }

  @Test("A recipe that does not exist is refused with those that do")
  func unknown() {
    let names = "mnist, fashion-mnist, dsprites, chairs, celeba"
    #expect(
      throws: ConfigurationError(
        "recipe", "quick", expected: "paper, pairs or one of \(names), shapes")
    ) { try Recipe.choose("quick", dataSet: "mnist") }
    #expect(
      throws: ConfigurationError(
        "recipe", "paper",
        expected: "a data set with a published recipe (\(names)); shapes has none")
    ) { try Recipe.choose("paper", dataSet: "shapes") }
  }
}
