/// What random numbers are for. Two purposes share no numbers, whatever the seed.
///
/// This is the list of every random choice of the package. A raw value is part of what a seed gives: it never changes,
/// and is never used again. The numbers of one purpose are drawn either by `Philox`, whose counter ends in the raw
/// value, or in a row by `RandomSequence`.
public enum RandomPurpose: UInt32, CaseIterable, Sendable {
  // MARK: Training

  /// The first values of the weights.
  case weights = 1
  /// The order of the images of an epoch.
  case order = 2
  /// epsilon of the continuous latents.
  case normal = 3
  /// u of the Gumbel-softmax samples.
  case uniform = 4
  /// Latent vectors drawn from the prior.
  case prior = 5
  /// The transformed copies of images.
  case transformation = 6
  /// epsilon of the continuous latents of a step's second batch.
  case secondNormal = 7
  /// u of the Gumbel-softmax samples of a step's second batch.
  case secondUniform = 8
  /// The first values of a discriminator's weights.
  case discriminator = 9
  /// Which images exchange a latent variable, for a discriminator.
  case exchange = 10

  /// Which twins are neighbors, and which of them.
  case neighbor = 11

  // MARK: Scores

  /// epsilon of posterior samples of z.
  case posteriorNormal = 256
  /// Posterior samples of c.
  case posteriorCategory = 257
  /// Images that scores of disentanglement draw.
  case factorDraws = 258
  /// epsilon of the samples that information about factors is estimated from.
  case informationNormal = 259
  /// Which images a probe learns from, and which it is tested on.
  case probeImages = 260
  /// Images whose labels name a category.
  case fewLabels = 261
  /// The first centers of clusters.
  case clusterStarts = 262

  // MARK: Data sets, drawn by SplitMix64

  /// Which images are held back for validation.
  case validation = 513
  /// The factors of the shapes of the training part.
  case trainingShapes = 514
  /// The factors of the shapes of the test part.
  case testShapes = 515
  /// The order of the sprites.
  case spriteOrder = 516
  /// The factors of the glyphs of the training part.
  case trainingGlyphs = 517
  /// The factors of the glyphs of the test part.
  case testGlyphs = 518
  /// How the hand strays from a glyph's strokes.
  case glyphTremor = 519
  /// The order of shuffled images.
  case shuffling = 520
  /// The factors of the colored shapes of the training part.
  case trainingColoredShapes = 521
  /// The factors of the colored shapes of the test part.
  case testColoredShapes = 522

  /// The number of a stream of SplitMix64; nil for purposes that Philox serves.
  var splitMixStream: UInt64? { rawValue > 512 ? UInt64(rawValue - 512) : nil }
}
