import ArgumentParser
import JointVAE
import JointVAEReport

struct LossChartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loss-chart",
    abstract: "Draw reconstruction losses.",
    discussion: """
      The upper chart shows each loss as a function of the difference between an image value and its reconstruction. The \
      lower chart shows the derivative. Without --loss it compares cross-entropy, squared error and the Cauchy loss for \
      c = 0.5, 1 and 2. docs/losses.md defines each loss.

        jointvae loss-chart -o losses.svg
        jointvae loss-chart -o robust.png --loss robust:1,0.5 --loss laplace:0.5
      """)

  @Option(name: .shortAndLong, help: "The .svg or .png file to write.")
  var output: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A loss to draw, as train takes it, such as cauchy:0.5. May be repeated.",
      valueName: "loss"),
    transform: ReconstructionLoss.init(text:))
  var loss: [ReconstructionLoss] = []

  @Option(
    parsing: .unconditional,
    help: "The largest difference that is drawn; those of image values are below 1.")
  var range = 1.0

  func validate() throws {
    try Parsing.requireExtension(["svg", "png"], of: output)
    do { _ = try chart } catch let error as ConfigurationError {
      throw ValidationError("\(error).")
    }
  }

  func run() throws { try chart.write(to: output) }

  private var chart: LossChart {
    get throws { try LossChart(loss.isEmpty ? LossChart.usual : loss, range: range) }
  }
}
