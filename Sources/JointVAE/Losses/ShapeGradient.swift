import JointVAEKernels

/// Sums over values that make the derivatives of `robustLikelihood` by its alpha and c.
struct ShapeGradient: Equatable {
  /// Values.
  var count = 0.0
  /// The sum of `d rho / d alpha`.
  var byAlpha = 0.0
  /// The sum of `d (d rho / dd)`, which is `-c (d rho / dc)`.
  var byDifference = 0.0

  static func += (sum: inout ShapeGradient, addend: ShapeGradient) {
    sum.count += addend.count
    sum.byAlpha += addend.byAlpha
    sum.byDifference += addend.byDifference
  }

  /// The derivatives of the sum of `rho + log c + log Z(alpha)` over the values.
  func derivatives(_ loss: RobustLoss) -> (byAlpha: Double, byScale: Double) {
    (byAlpha + count * loss.logNormalizer.byAlpha, (count - byDifference) / loss.scale)
  }
}

extension RobustLoss {
  /// As `ReconstructionLoss.apply` for `robustLikelihood`, and adds to the sums of its own derivatives.
  ///
  /// - Precondition: alpha is above 0 and below 2.
  func apply(to values: LogitRow, addingTo gradient: inout ShapeGradient) -> Double {
    let power = PowerLoss(self, offset: logNormalizer.value)
    var sum = 0.0
    var byAlpha = 0.0
    var byDifference = 0.0
    values.forEachDifference { difference in
      let (value, slope, shape) = power.evaluateWithShape(difference)
      sum += value
      byAlpha += shape
      byDifference += difference * slope
      return slope
    }
    gradient += ShapeGradient(
      count: Double(values.count), byAlpha: byAlpha, byDifference: byDifference)
    return sum
  }
}
