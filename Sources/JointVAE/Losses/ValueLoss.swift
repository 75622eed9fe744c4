import JointVAEKernels

/// A reconstruction loss of a program's own, beside those of `ReconstructionLoss`.
///
/// `Trainer(configuration:loss:)` trains with it, and `JointVAEModel.reconstructionLosses` measures it. Both add it up over
/// the values of an image. It is called for every value of every image, on several threads at once.
public protocol ValueLoss: Sendable {
  /// What errors and training states call it.
  var name: String { get }

  /// The loss of one value of an image, in nats where it is a negative log-likelihood.
  ///
  /// - Parameters:
  ///   - reconstruction: r, between 0 and 1.
  ///   - target: x, the image's value, from 0 (black) to 1 (white).
  /// - Returns: the loss, and its derivative by r.
  func evaluate(reconstruction: Double, target: Double) -> (value: Double, slope: Double)
}

/// What a decoder's logits are measured by: a loss that settings name, or a program's own.
enum AppliedLoss {
  /// A loss of the settings; `adaptive` only once it is resolved.
  case listed(ReconstructionLoss)
  /// A program's own.
  case own(any ValueLoss)

  /// The sum of the loss over logits and their targets; `scale` times its derivatives take the place of the logits.
  func apply(
    to logits: UnsafeMutablePointer<Float>, targets: UnsafePointer<UInt8>, count: Int,
    scale: Float, on instructions: InstructionSet
  ) -> Double {
    switch self {
    case .listed(let loss):
      return loss.apply(
        to: logits, targets: targets, count: count, scale: scale, on: instructions)
    case .own(let loss):
      return LogitRow(
        logits: logits, targets: targets, count: count, scale: scale, instructions: instructions
      ).apply(loss)
    }
  }
}

extension LogitRow {
  /// The sum of a program's loss.
  func apply(_ loss: some ValueLoss) -> Double {
    instructions.sigmoid(logits, count: count)
    var sum = 0.0
    for i in 0..<count {
      let r = Double(logits[i])
      let (value, slope) = loss.evaluate(reconstruction: r, target: Double(targets[i]) / 255)
      sum += value
      // dr/dl = r (1 - r).
      logits[i] = Float(slope * r * (1 - r)) * scale
    }
    return sum
  }
}
