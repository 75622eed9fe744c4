import CLibrary
import JointVAEKernels

extension ReconstructionLoss {
  /// The sum of the loss over logits and their targets; `scale` times its derivatives take the place of the logits.
  ///
  /// - Precondition: the loss is not `adaptive`, whose alpha and c it does not know.
  func apply(
    to logits: UnsafeMutablePointer<Float>, targets: UnsafePointer<UInt8>, count: Int,
    scale: Float, on instructions: InstructionSet
  ) -> Double {
    let values = LogitRow(
      logits: logits, targets: targets, count: count, scale: scale, instructions: instructions)
    switch self {
    case .binaryCrossEntropy:
      return Double(
        instructions.binaryCrossEntropy(logits, targets: targets, count: count, scale: scale))
    case .continuousBernoulli: return values.applyContinuousBernoulli()
    case .meanSquaredError:
      return Double(
        instructions.meanSquaredError(logits, targets: targets, count: count, scale: scale))
    case .cauchy(let c):
      return Double(
        instructions.cauchy(logits, targets: targets, count: count, scale: scale, c: Float(c)))
    case .robust(let loss): return Self.apply(loss, offset: 0, to: values)
    case .robustLikelihood(let loss):
      return Self.apply(loss, offset: loss.logNormalizer.value, to: values)
    case .adaptive: preconditionFailure("the learned alpha and scale stand in for adaptive")
    case .multikernelCauchy(let kernels): return values.apply(CauchySum(kernels))
    case .laplace(let b): return values.apply(LaplaceLoss(scale: b))
    case .gaussian(let sigma): return values.apply(SquaredLoss(gaussian: sigma))
    }
  }

  private static func apply(_ loss: RobustLoss, offset: Double, to values: LogitRow) -> Double {
    if loss.alpha == 2 {
      return values.apply(
        SquaredLoss(weight: 0.5 / (loss.scale * loss.scale), offset: offset))
    }
    if loss.alpha == -.infinity { return values.apply(WelschLoss(scale: loss.scale)) }
    return values.apply(PowerLoss(loss, offset: offset))
  }
}

extension ReconstructionLoss {
  /// The loss of a value whose reconstruction is off by `difference`, and the loss's derivative by it.
  ///
  /// Cross-entropy and the continuous Bernoulli, which depend on the value itself, are that of a black one where the reconstruction is above it and of
  /// a white one where it is below, such as `-log(1 - |difference|)`. At 0 the slope of what has an edge there is 0.
  /// - Returns: nil for `adaptive`, whose alpha and c are not known.
  public func curve(at difference: Double) -> (value: Double, slope: Double)? {
    switch self {
    case .binaryCrossEntropy:
      let rest = 1 - abs(difference)
      guard rest > 0 else { return (.infinity, difference > 0 ? .infinity : -.infinity) }
      let sign = difference > 0 ? 1.0 : difference < 0 ? -1.0 : 0
      return (-log(rest), sign / rest)
    case .continuousBernoulli:
      let r = abs(difference)
      guard r > 0, r < 1 else {
        return (
          r > 0 ? .infinity : -.infinity, r > 0 ? (difference > 0 ? .infinity : -.infinity) : 0
        )
      }
      let (value, slope) = ContinuousBernoulli.evaluate(logit: log(r / (1 - r)), 0)
      // d eta / d r = 1 / (r (1 - r)).
      return (value, (difference > 0 ? slope : -slope) / (r * (1 - r)))
    case .meanSquaredError: return SquaredLoss(weight: 1).evaluate(difference)
    case .cauchy(let scale): return CauchySum([CauchyKernel(scale: scale)]).evaluate(difference)
    case .robust(let loss): return loss.curve(at: difference)
    case .robustLikelihood(let loss):
      let curve = loss.curve(at: difference)
      return (curve.value + loss.logNormalizer.value, curve.slope)
    case .adaptive: return nil
    case .multikernelCauchy(let kernels): return CauchySum(kernels).evaluate(difference)
    case .laplace(let scale): return LaplaceLoss(scale: scale).evaluate(difference)
    case .gaussian(let deviation): return SquaredLoss(gaussian: deviation).evaluate(difference)
    }
  }
}

extension RobustLoss {
  /// `rho` of a difference, and its derivative by it.
  public func curve(at difference: Double) -> (value: Double, slope: Double) {
    if alpha == 2 { return SquaredLoss(weight: 0.5 / (scale * scale)).evaluate(difference) }
    if alpha == -.infinity { return WelschLoss(scale: scale).evaluate(difference) }
    return PowerLoss(self).evaluate(difference)
  }

  /// `log c + log Z(alpha)`, and its derivative by alpha; not numbers unless alpha is from 0 to 2.
  package var logNormalizer: (value: Double, byAlpha: Double) {
    let partition = RobustPartition.logarithm(alpha)
    return (log(scale) + partition.value, partition.slope)
  }
}

extension SquaredLoss {
  /// The negative logarithm of a normal density.
  init(gaussian sigma: Double) {
    self.init(weight: 0.5 / (sigma * sigma), offset: log(sigma) + 0.5 * log(2 * .pi))
  }
}

/// Logits of neighboring values and their targets.
struct LogitRow {
  /// Replaced by `scale` times the derivatives.
  var logits: UnsafeMutablePointer<Float>
  var targets: UnsafePointer<UInt8>
  var count: Int
  var scale: Float
  var instructions: InstructionSet

  /// The sum of a loss.
  func apply(_ loss: some DifferenceLoss) -> Double {
    var sum = 0.0
    forEachDifference { difference in
      let (value, slope) = loss.evaluate(difference)
      sum += value
      return slope
    }
    return sum
  }

  /// Calls `body` with every difference r - x, in order, for the loss's derivative by it.
  @inline(__always)
  func forEachDifference(_ body: (Double) -> Double) {
    instructions.sigmoid(logits, count: count)
    for i in 0..<count {
      let r = Double(logits[i])
      let slope = body(r - Double(targets[i]) / 255)
      // dr/dl = r (1 - r).
      logits[i] = Float(slope * r * (1 - r)) * scale
    }
  }
}
