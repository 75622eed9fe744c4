import ArgumentParser
import JointVAE
import JointVAEReports

/// The settings of a training, each of which overrides its recipe's.
struct SettingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Passes over the images. A recipe on pairs stretches its ramps to the run's length.")
  var epochs: Int?

  @Option(parsing: .unconditional, help: "Weight updates, in place of --epochs.")
  var steps: Int?

  @OptionGroup
  var model: ModelOptions

  @Option(
    help:
      "What the mean loss of a value is multiplied by: its pixels (reference) or its values (sum).")
  var reconstructionScale: ReconstructionScale?

  @Option(
    help: ArgumentHelp(
      "The capacity of z in nats and its weight gamma; a later rise follows as nats@from-to.",
      valueName: "min,max,iterations,gamma"),
    transform: { try Capacity(text: $0, name: "continuous capacity") })
  var continuousCapacity: Capacity?

  @Option(
    help: ArgumentHelp(
      "The capacity of c in nats and its weight gamma.", valueName: "min,max,iterations,gamma"),
    transform: { try Capacity(text: $0, name: "discrete capacity") })
  var discreteCapacity: Capacity?

  @Option(
    parsing: .unconditional, help: "The temperature of the Gumbel-softmax samples. (default: 0.67)")
  var temperature: Double?

  @Option(help: "adam or sgd. (default: adam)")
  var optimizer: SettingChanges.OptimizerName?

  @Option(parsing: .unconditional, help: "The optimizer's step size.")
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "The share that the step size comes down to between two steps, such as 0.1@20000-28000; "
        + "or none. (default: the recipe's)", valueName: "share@from-to"),
    transform: { try DecayChoice(text: $0, name: "learning rate decay") })
  var learningRateDecay: DecayChoice?

  @Option(parsing: .unconditional, help: "The momentum of sgd. (default: 0)")
  var momentum: Double?

  @Option(
    help: ArgumentHelp(
      "Train on pairs, half of a batch being transformed copies: handwriting, letters, shapes, "
        + "objects, none, or amounts such as rotation=15,shift=0.05. (default: the recipe's)",
      valueName: "transformation"),
    transform: PairsChoice.init(text:))
  var pairs: PairsChoice?

  @Option(
    help: ArgumentHelp(
      "The share that the transformation of pairs comes down to between two steps, such as "
        + "0@20000-28000; or none. (default: the recipe's)", valueName: "share@from-to"),
    transform: { try DecayChoice(text: $0, name: "pairs decay") })
  var pairsDecay: DecayChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The weight of the cross entropy between the categories of twins. (default: 10)",
      valueName: "weight"))
  var consistency: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The weight of the categories' imbalance. (default: 60)", valueName: "weight"))
  var balance: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Decode each twin with the other's category. (default: --swap)")
  var swap: Bool?

  @Option(
    parsing: .unconditional, help: "Steps from one row of metrics.csv to the next. (default: 50)")
  var logEvery: Int?

  @Option(parsing: .unconditional, help: "Steps from one checkpoint to the next. (default: 1000)")
  var checkpointEvery: Int?

  /// The settings that were given.
  var changes: SettingChanges {
    var changes = model.changes
    changes.reconstructionScale = reconstructionScale
    changes.continuousCapacity = continuousCapacity
    changes.discreteCapacity = discreteCapacity
    changes.temperature = temperature
    changes.optimizer = optimizer
    changes.learningRate = learningRate
    changes.learningRateDecay = learningRateDecay
    changes.momentum = momentum
    changes.length = epochs.map { .epochs($0) } ?? steps.map { .steps($0) }
    changes.pairs = pairs
    changes.transformationDecay = pairsDecay
    changes.consistencyWeight = consistency
    changes.balanceWeight = balance
    changes.swapsCategories = swap
    changes.logInterval = logEvery
    changes.checkpointInterval = checkpointEvery
    return changes
  }

  func validate() throws {
    if epochs != nil && steps != nil {
      throw ValidationError("--epochs and --steps both say how long to train; give one of them.")
    }
  }
}

extension ReconstructionScale: ExpressibleByArgument {}
extension SettingChanges.OptimizerName: ExpressibleByArgument {}
