import JointVAE
import JointVAEFiles

/// Losses of an image value over the difference of reconstruction and value, with their derivatives below.
public struct LossChart: Sendable {
  /// The losses that experiments compare.
  public static let usual: [ReconstructionLoss] = [
    .binaryCrossEntropy, .meanSquaredError, .cauchy(scale: 0.5), .cauchy(scale: 1),
    .cauchy(scale: 2),
  ]
  /// The most losses that can still be distinguished.
  public static let limit = 12

  /// What is drawn.
  package let chart: Chart

  /// The chart of `losses` for differences from `-range` to `range`.
  ///
  /// Every curve is moved so that no difference costs nothing: likelihoods lose their constants. The losses' axis ends
  /// where the third of four curves leaves it, so that one steep loss does not flatten all others.
  /// - Throws: `ConfigurationError` when there is no loss or more than `limit`, one is given twice, one is out of range or has no
  ///   fixed curve, or the range is not between 0.01 and 100.
  public init(_ losses: [ReconstructionLoss] = LossChart.usual, range: Double = 1) throws {
    guard (1...Self.limit).contains(losses.count) else {
      throw ConfigurationError(
        "losses", "\(losses.count)", expected: "from 1 to \(Self.limit) of them")
    }
    guard (0.01...100).contains(range) else {
      throw ConfigurationError("range", "\(range)", expected: "a number from 0.01 to 100")
    }
    var values: [Chart.Curve] = []
    var slopes: [Chart.Curve] = []
    for (index, loss) in losses.enumerated() {
      try loss.validate()
      guard !losses[..<index].contains(loss) else {
        throw ConfigurationError("loss", loss.text, expected: "each loss once")
      }
      guard let zero = loss.curve(at: 0)?.value else {
        throw ConfigurationError(
          "loss", loss.text,
          expected: "one with a fixed curve, such as robust-likelihood:1,0.1; "
            + "adaptive learns its alpha and scale")
      }
      let samples = (-Self.steps...Self.steps).map { step in
        let x = range * Double(step) / Double(Self.steps)
        return (x: x, loss: loss.curve(at: x) ?? (0, 0))
      }
      func curve(_ y: ((value: Double, slope: Double)) -> Double) -> Chart.Curve {
        Chart.Curve(
          name: Self.name(of: loss), style: .color(index),
          points: samples.map { Chart.Point(x: $0.x, y: y($0.loss)) })
      }
      values.append(curve { $0.value - zero })
      slopes.append(curve { $0.slope })
    }
    let (height, slope) = (Self.height(of: values), Self.height(of: slopes))
    let difference = Chart.Axis(
      "difference of reconstruction and value", ends: .at(-range...range))
    chart = Chart(
      title: "Losses of an image value",
      summary: "Losses and their derivatives over the difference of reconstruction and value: "
        + values.map(\.name).joined(separator: "; ") + ".",
      panels: [
        Chart.Panel(
          .curves(values, vertical: Chart.Axis("loss", ends: .at(0...height))), over: difference),
        Chart.Panel(
          .curves(slopes, vertical: Chart.Axis("its derivative", ends: .at(-slope...slope))),
          over: difference),
      ])
  }

  /// Writes the chart to a file that ends in .svg or .png, whole or not at all.
  /// - Throws: `FileError`.
  public func write(to path: String) throws { try chart.write(to: path) }

  /// Intervals on each side of 0.
  private static let steps = 100

  /// The largest value that three quarters of the curves reach or stay below, with a margin.
  private static func height(of lines: [Chart.Curve]) -> Double {
    let tops = lines.map { line in
      line.points.lazy.map { abs($0.y) }.filter(\.isFinite).max() ?? 0
    }.sorted()
    let top = tops[min(tops.count * 3 / 4, tops.count - 1)]
    return top > 0 ? top * 1.05 : 1
  }

  private static func name(of loss: ReconstructionLoss) -> String {
    switch loss {
    case .binaryCrossEntropy: "bce, black or white value"
    case .continuousBernoulli: "continuous-bernoulli, black or white value"
    case .cauchy(let scale): "cauchy, c = \(NumberText.shortest(scale))"
    case .robust(let loss):
      "robust, alpha = \(NumberText.shortest(loss.alpha)), c = \(NumberText.shortest(loss.scale))"
    case .robustLikelihood(let loss):
      "likelihood, alpha = \(NumberText.shortest(loss.alpha)), c = \(NumberText.shortest(loss.scale))"
    case .multikernelCauchy(let kernels):
      kernels.count > 4
        ? "multicauchy, \(kernels.count) scales"
        : "multicauchy, " + kernels.map { NumberText.shortest($0.scale) }.joined(separator: ", ")
    case .laplace(let scale): "laplace, b = \(NumberText.shortest(scale))"
    case .gaussian(let deviation): "gaussian, sigma = \(NumberText.shortest(deviation))"
    case .meanSquaredError, .adaptive: loss.text
    }
  }
}
