import CLibrary
import CTiles

/// The constants of one step of Adam, its bias corrections included.
public struct AdamStep: Sendable {
  let values: CTilesAdam

  /// Step `step` (t, counted from 1).
  public init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, step: Int) {
    values = CTilesAdam(
      beta1: Float(beta1), rest1: Float(1 - beta1), beta2: Float(beta2), rest2: Float(1 - beta2),
      epsilon: Float(epsilon),
      stepSize: Float(learningRate / (1 - pow(beta1, Double(step)))),
      inverseRootCorrection: Float(1 / (1 - pow(beta2, Double(step))).squareRoot()))
  }
}
