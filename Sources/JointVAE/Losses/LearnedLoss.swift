import CLibrary
import JointVAEFiles
import JointVAEKernels

/// alpha and c of the adaptive loss, learned by the optimizer that learns the weights (Barron 2019, section 3).
///
/// Two latent numbers a and s without bounds stand for them: `alpha = 0.001 + 1.998 sigmoid(a)` stays between 0 and 2, and
/// `c = 1/255 + log(1 + e^s)` above one step of an image's values, below which a density would only praise black borders.
final class LearnedLoss {
  /// alpha's bounds; 0 and 2, where the density's slope is not defined, are just outside.
  static let alphas = 0.001...1.999
  /// c's lower bound.
  static let smallestScale = 1.0 / 255
  /// Where learning begins: halfway between Cauchy and Gauss, as wide as the errors of a model that has learned a little.
  static let start = RobustLoss(alpha: 1, scale: 0.1)
  /// The latent numbers, a then s.
  static let count = 2

  /// a and s, and what the optimizer keeps of them; as long as the kernels want it.
  private let latent = FloatBuffer(count: 16)
  private let state: OptimizerState
  private let gradient = FloatBuffer(count: 16)

  init(_ optimizer: Optimizer) {
    state = OptimizerState(optimizer, count: 16)
    latent.start[0] = 0
    latent.start[1] = Float(log(expm1(Self.start.scale - Self.smallestScale)))
  }

  /// alpha and c as they are now.
  var loss: RobustLoss {
    let range = Self.alphas.upperBound - Self.alphas.lowerBound
    return RobustLoss(
      alpha: Self.alphas.lowerBound + range * Self.sigmoid(Double(latent.start[0])),
      scale: Self.smallestScale + Self.softplus(Double(latent.start[1])))
  }

  /// Computes the gradient by a and s.
  ///
  /// - Parameters:
  ///   - sums: over the values of the batch.
  ///   - slope: the derivative of what is minimized by the loss of one value.
  /// - Returns: the sum of its squares.
  func computeGradient(_ sums: ShapeGradient, slope: Double) -> Double {
    let derivatives = sums.derivatives(loss)
    let share = Self.sigmoid(Double(latent.start[0]))
    let range = Self.alphas.upperBound - Self.alphas.lowerBound
    gradient.start[0] = Float(slope * derivatives.byAlpha * range * share * (1 - share))
    gradient.start[1] = Float(
      slope * derivatives.byScale * Self.sigmoid(Double(latent.start[1])))
    return gradient.values.reduce(0) { $0 + Double($1) * Double($1) }
  }

  /// One step of the optimizer on the gradient, times `factor`.
  ///
  /// - Parameter step: t, counted from 1.
  func update(_ optimizer: Optimizer, step: Int, factor: Float, on instructions: InstructionSet) {
    for place in 0..<Self.count { gradient.start[place] *= factor }
    instructions.apply(
      OptimizerStep(optimizer, step: step), latent.start, first: state.first.start,
      second: state.second.start, gradient: gradient.start, count: latent.count)
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// `log(1 + e^x)` without overflow.
  private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  // MARK: Training states

  private var buffers: [(name: String, buffer: FloatBuffer)] {
    var buffers = [("loss/latent", latent), ("loss/first", state.first)]
    if state.second.count > 0 { buffers.append(("loss/second", state.second)) }
    return buffers
  }

  /// The first of `tensors` that holds a number that is not finite.
  var firstTensorNotFinite: String? {
    buffers.first { !$0.buffer.values.allSatisfy(\.isFinite) }?.name
  }

  /// All that is needed to go on later, `[a, s]` each.
  var tensors: [NamedTensor] {
    buffers.map { name, buffer in
      NamedTensor(
        name: name, shape: [Self.count], floats: Array(buffer.values[..<Self.count]))
    }
  }

  /// Takes over what `tensors` gave.
  /// - Throws: `FileError` naming the first tensor that is missing, of another shape or not finite.
  func restore(from file: Safetensors, path: String) throws {
    for (name, buffer) in buffers {
      guard case .float32(let values)? = file[name]?.elements, values.count == Self.count,
        values.allSatisfy(\.isFinite)
      else {
        throw FileError(
          path, "does not hold what its loss learned (\(name), \(Self.count) finite numbers)")
      }
      for (i, value) in values.enumerated() { buffer.start[i] = value }
    }
  }
}
