/// What happens to a sum before it is written.
public enum Epilogue {
  /// Nothing.
  case none
  /// Values that are not above 0 are multiplied by `slope`, from 0 to below 1: leaky ReLU.
  case leaky(slope: Float)
  /// Values are multiplied by `slope` where `mask`, laid out as the output, is not above 0: the gradient of leaky ReLU.
  case masked(by: UnsafePointer<Float>, slope: Float = 0)

  /// Negative values become 0: ReLU.
  public static var rectified: Epilogue { .leaky(slope: 0) }

  var rectifies: Int { if case .leaky = self { 1 } else { 0 } }
  var mask: UnsafePointer<Float>? { if case .masked(let mask, _) = self { mask } else { nil } }

  var slope: Float {
    switch self {
    case .none: 0
    case .leaky(let slope), .masked(_, let slope): slope
    }
  }

  /// Whether tiles leave zeros beyond a plane without being cleared: where the mask is zero, and nothing leaks.
  var writesZerosBeyond: Bool { if case .masked(_, 0) = self { true } else { false } }

  /// The same for an output that starts `count` floats later.
  func advanced(by count: Int) -> Epilogue {
    if case .masked(let mask, let slope) = self {
      .masked(by: mask + count, slope: slope)
    } else {
      self
    }
  }
}
