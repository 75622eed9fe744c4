import CLibrary

/// A loss that depends on the difference d = r - x of a value alone.
protocol DifferenceLoss {
  /// The loss and its derivative by d.
  func evaluate(_ difference: Double) -> (value: Double, slope: Double)
}

/// `weight d^2 + offset`: squared error, the Gaussian, and the general loss at alpha = 2.
struct SquaredLoss: DifferenceLoss {
  var weight: Double
  var offset = 0.0

  @inline(__always)
  func evaluate(_ difference: Double) -> (value: Double, slope: Double) {
    (weight * difference * difference + offset, 2 * weight * difference)
  }
}

/// `|d| / b + log(2 b)`; at d = 0, where it has no derivative, the slope is 0.
struct LaplaceLoss: DifferenceLoss {
  private let inverse: Double
  private let offset: Double

  init(scale: Double) {
    inverse = 1 / scale
    offset = log(2 * scale)
  }

  @inline(__always)
  func evaluate(_ difference: Double) -> (value: Double, slope: Double) {
    let sign = difference > 0 ? 1.0 : difference < 0 ? -1.0 : 0
    return (abs(difference) * inverse + offset, sign * inverse)
  }
}

/// `sum_k w_k log(1 + 0.5 (d / c_k)^2)`.
struct CauchySum: DifferenceLoss {
  /// `1 / c_k^2` and `w_k`.
  private let terms: [(inverse: Double, weight: Double)]

  init(_ kernels: [CauchyKernel]) {
    terms = kernels.map { (1 / ($0.scale * $0.scale), $0.weight) }
  }

  @inline(__always)
  func evaluate(_ difference: Double) -> (value: Double, slope: Double) {
    var value = 0.0
    var slope = 0.0
    for term in terms {
      let u = 0.5 * difference * difference * term.inverse
      value += term.weight * log1p(u)
      slope += term.weight * difference * term.inverse / (1 + u)
    }
    return (value, slope)
  }
}

/// `1 - exp(-0.5 (d / c)^2)`: the general loss at alpha = -infinity.
struct WelschLoss: DifferenceLoss {
  private let inverse: Double

  init(scale: Double) { inverse = 1 / (scale * scale) }

  @inline(__always)
  func evaluate(_ difference: Double) -> (value: Double, slope: Double) {
    let decay = expm1(-0.5 * difference * difference * inverse)
    return (-decay, difference * inverse * (1 + decay))
  }
}

/// The general loss for every finite alpha but 2.
///
/// With `b = |alpha - 2|`, `L = log(1 + (d / c)^2 / b)` and `t = alpha L / 2` it is `b L / 2 (e^t - 1) / t`, which loses no
/// digits near alpha = 0, where t vanishes, nor near 2, where b does.
package struct PowerLoss: DifferenceLoss {
  private let alpha: Double
  private let distance: Double
  private let inverse: Double
  private let offset: Double

  /// - Parameter offset: added to the loss.
  package init(_ loss: RobustLoss, offset: Double = 0) {
    alpha = loss.alpha
    distance = abs(loss.alpha - 2)
    inverse = 1 / (loss.scale * loss.scale)
    self.offset = offset
  }

  /// The loss and its derivative by d.
  @inline(__always)
  package func evaluate(_ difference: Double) -> (value: Double, slope: Double) {
    let ratio = difference * difference * inverse / distance
    let logarithm = log1p(ratio)
    let t = 0.5 * alpha * logarithm
    let growth = expm1(t)
    return (
      0.5 * distance * logarithm * (t == 0 ? 1 : growth / t) + offset,
      difference * inverse * (1 + growth) / (1 + ratio)
    )
  }

  /// The loss, its derivative by d and that by alpha, for alpha below 2.
  @inline(__always)
  package func evaluateWithShape(_ difference: Double) -> (
    value: Double, slope: Double, byAlpha: Double
  ) {
    let square = difference * difference * inverse
    let ratio = square / distance
    let logarithm = log1p(ratio)
    let t = 0.5 * alpha * logarithm
    let growth = expm1(t)
    let relative = t == 0 ? 1 : growth / t
    // The derivative of (e^t - 1) / t; its own difference cancels where t is small.
    let relativeSlope = abs(t) < 0.02 ? Self.seriesSlope(t) : (1 + growth - relative) / t
    let share = square / (distance + square)
    let byAlpha =
      0.5
      * ((share - logarithm) * relative
        + 0.5 * logarithm * relativeSlope * (distance * logarithm + alpha * share))
    return (
      0.5 * distance * logarithm * relative + offset,
      difference * inverse * (1 + growth) / (1 + ratio), byAlpha
    )
  }

  /// `sum_n t^n (n + 1) / (n + 2)!`.
  private static func seriesSlope(_ t: Double) -> Double {
    let tail = 1.0 / 30 + t * (1.0 / 144 + t / 840)
    return 1.0 / 2 + t * (1.0 / 3 + t * (1.0 / 8 + t * tail))
  }
}
