/// The weights of the terms of a recipe on pairs. Discrete plus twice the consistency has to stay below the balance.
private struct PairWeights {
  /// gamma_z and gamma_c.
  var continuous = 30.0, discrete = 30.0
  /// Of the twins' agreement, and of the categories' imbalance.
  var consistency = 10.0, balance = 60.0

  /// A third of the usual gammas, and half of the others.
  static let small = PairWeights(continuous: 10, discrete: 10, consistency: 5, balance: 30)
}

extension Recipe {
  /// Settings for training on pairs, which find the classes of nearly every seed; this package's own.
  ///
  /// c's capacity grows slowly over nearly half of the run, while the balance of the categories still has a
  /// say, and z's is kept small until c is settled. Then z may carry twice as much, the step size comes
  /// down, and twins become equal, for sharp pictures. docs/recipes.md has the study behind it.
  ///
  /// - Parameters:
  ///   - dataSet: the data set's name, or nil for settings that suit many.
  ///   - steps: of the whole run.
  ///   - settling: the share of the steps in which c's capacity grows.
  ///   - settlingCapacity: C_z until then, in nats.
  ///   - weights: of the terms.
  ///   - neighborShares: after which shares of the steps neighbors are found that become twins; none for copies alone.
  private static func pairs(
    _ dataSet: String?, continuous: Int = 10, categories: Int,
    _ transformation: ImageTransformation, steps: Int, settling: Double = 0.45,
    settlingCapacity: Double = 5, weights: PairWeights = PairWeights(),
    neighborShares: [Double] = []
  ) -> Recipe {
    func after(_ share: Double) -> Int { Int((Double(steps) * share).rounded()) }
    let latents = LatentSpec(continuous: continuous, discrete: [categories])
    var recipe = Recipe(
      name: dataSet.map { "\($0)-\(pairsName)" } ?? pairsName, isPublished: false,
      imageSize: 32, latents: latents,
      continuousCapacity: Capacity(
        maximum: settlingCapacity, rampSteps: after(0.53), weight: weights.continuous,
        laterRise: Ramp(to: 10, from: after(0.65), through: after(0.82))),
      discreteCapacity: Capacity(
        maximum: latents.largestDiscreteKL, rampSteps: after(settling), weight: weights.discrete),
      learningRate: 5e-4, length: .steps(steps))
    recipe.training.lowerStepSize(from: after(0.65), through: steps)
    recipe.training.pairing = Pairing(
      transformation: transformation,
      transformationDecay: Ramp(to: 0, from: after(0.65), through: after(0.9)),
      consistencyWeight: weights.consistency, balanceWeight: weights.balance,
      neighbors: neighborShares.isEmpty ? nil : NeighborTwins(steps: neighborShares.map(after)))
    return recipe
  }

  /// Handwritten digits on pairs.
  public static let mnistPairs = pairs("mnist", categories: 10, .handwriting, steps: 30_000)
  /// Clothes on pairs. Twins are lit differently, or categories become shades.
  public static let fashionMNISTPairs = pairs(
    "fashion-mnist", categories: 10, .objects, steps: 20_000)
  /// The package's generated shapes on pairs. Circles and squares part only when z is good enough for their corners, so
  /// certainty must not come too early, and z may know more while c settles.
  public static let shapesPairs = pairs(
    "shapes", continuous: 4, categories: 4, .shapes, steps: 10_000, settlingCapacity: 8,
    weights: PairWeights(discrete: 15))
  /// The package's generated sprites on pairs. Their kinds differ in few pixels, and categories become sizes; z keeps their
  /// other factors apart.
  public static let spritesPairs = pairs(
    "sprites", continuous: 6, categories: 3, .shapes, steps: 20_000,
    weights: PairWeights(discrete: 15))
  /// Four shapes on pairs, with twice as many categories, as the published run has.
  public static let fourShapesPairs = pairs("four-shapes", categories: 8, .shapes, steps: 7_000)
  /// Arabic characters on pairs, with twice as many categories as letters, since a letter has forms
  /// that no slant turns into each other.
  public static let arabicPairs = pairs(
    "arabic-characters", categories: 56, .letters, steps: 40_000, settling: 0.6,
    weights: PairWeights(discrete: 15, consistency: 20))
  /// Capital letters on pairs. Trials found them better with smaller weights, and with twins that are neighbors: these bring
  /// the ways together in which a letter is written.
  public static let lettersPairs = pairs(
    "az-letters", categories: 26, .letters, steps: 30_000,
    weights: .small, neighborShares: [0.35, 0.55, 0.75])
  /// Mathematical symbols and digits on pairs, weighed as letters.
  public static let mathSymbolsPairs = pairs(
    "math-symbols", categories: 18, .handwriting, steps: 20_000, weights: .small,
    neighborShares: [0.35, 0.55, 0.75])
  /// Any images on pairs, with the transformation that assumes least.
  public static let anyPairs = pairs(nil, categories: 10, .objects, steps: 30_000)

  /// The recipe for so many images: without its neighbors where they are too few to have them, or too many to search.
  package func suited(toImages count: Int) -> Recipe {
    guard let neighbors = training.pairing?.neighbors, !neighbors.canBeFound(among: count)
    else { return self }
    var recipe = self
    recipe.training.pairing?.neighbors = nil
    return recipe
  }

  /// All of them, the one for any images last.
  static let allPairs: [Recipe] = [
    .mnistPairs, .fashionMNISTPairs, .shapesPairs, .spritesPairs, .fourShapesPairs, .arabicPairs,
    .lettersPairs, .mathSymbolsPairs, .anyPairs,
  ]
}
