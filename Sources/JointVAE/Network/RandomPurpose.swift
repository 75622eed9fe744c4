/// What random numbers are for: the last word of the counter, so that no two uses share numbers.
///
/// From 256 on they belong to JointVAEMetrics.
enum RandomPurpose: UInt32 {
  case weights = 1
  /// The order of the images of an epoch.
  case order
  /// epsilon of the continuous latents.
  case normal
  /// u of the Gumbel-softmax samples.
  case uniform
  /// Latent vectors drawn from the prior.
  case prior
  /// The transformed copies of images.
  case transformation
}
