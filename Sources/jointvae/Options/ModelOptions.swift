import ArgumentParser
import JointVAE
import JointVAEReports

/// What a model is made of and starts from, for commands that train some.
struct ModelOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "What all random numbers are drawn from. (default: 1)")
  var seed: UInt64?

  @Option(parsing: .unconditional, help: "Dimensions of the continuous code z.")
  var continuous: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Categories of each discrete code c, such as 10 or 4,3.", valueName: "K,..."),
    transform: Parsing.counts)
  var discrete: [Int]?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "bce, mse, cauchy:C, robust:ALPHA,C, adaptive, multicauchy:C,..., laplace:B or "
        + "gaussian:SIGMA; see docs/losses.md. (default: bce)", valueName: "loss"),
    transform: ReconstructionLoss.init(text:))
  var loss: ReconstructionLoss?

  @Option(parsing: .unconditional, help: "Images a step. (default: 64)")
  var batchSize: Int?

  /// The settings that were given.
  var changes: SettingChanges {
    var changes = SettingChanges()
    changes.seed = seed
    changes.continuous = continuous
    changes.discrete = discrete
    changes.loss = loss
    changes.batchSize = batchSize
    return changes
  }
}
