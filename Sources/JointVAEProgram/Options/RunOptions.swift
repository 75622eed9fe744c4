import ArgumentParser
import JointVAERuns

/// Where a run is kept, and how it is trained on this machine.
struct RunOptions: ParsableArguments {
  @Option(
    help: "The run folder to make. (default: runs/DATASET)", completion: Completions.runs)
  var out: String?

  @Flag(help: "Continue the run in --out from its last checkpoint.")
  var resume = false

  @Flag(help: "Print warnings and errors only.")
  var quiet = false

  @Flag(
    help:
      "Print events to standard output as JSON, one a line, for other programs; docs/events.md lists them."
  )
  var json = false

  @OptionGroup
  var terminal: ShowOption

  @Flag(
    help:
      "Also write event files for TensorBoard to OUT/tensorboard. A run with them continues them.")
  var tensorboard = false

  @Flag(
    help:
      "Serve a page to this computer's browsers that shows the training as it goes. The command prints its address."
  )
  var live = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The port of the page of --live. (default: a free one)", valueName: "port"))
  var livePort: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Train N seeds part of the way, from --seed upwards, in OUT.restarts, and continue the best one.",
      valueName: "N"))
  var restarts: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The step at which to choose. (default: when a recipe's capacities have grown, else half of the run)",
      valueName: "step"))
  var restartSteps: Int?

  @Option(
    help: ArgumentHelp(
      "What makes a seed of --restarts the best one: the smallest loss, the largest udr, by which other seeds find "
        + "its variables again, or the largest agreement, by which they find its categories again. (default: loss)",
      valueName: "loss|udr|agreement"))
  var choose: RestartChoice?

  @Option(
    parsing: .unconditional,
    help: "Threads to train with; never changes the result. (default: one a core)")
  var threads: Int?
}

extension RestartChoice: ExpressibleByArgument {}
