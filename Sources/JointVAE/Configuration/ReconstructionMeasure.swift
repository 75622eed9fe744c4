/// How a reconstruction is measured: the loss of a value, and what the mean over an image's values is multiplied by.
public struct ReconstructionMeasure: Hashable, Codable, Sendable {
  /// The loss of a reconstructed value.
  public var loss: ReconstructionLoss
  /// The factor of the mean loss.
  public var scale: ReconstructionScale

  /// Binary cross entropy times the pixels, as in the paper, where nothing else is given.
  public init(
    loss: ReconstructionLoss = .binaryCrossEntropy, scale: ReconstructionScale = .reference
  ) {
    self.loss = loss
    self.scale = scale
  }
}
