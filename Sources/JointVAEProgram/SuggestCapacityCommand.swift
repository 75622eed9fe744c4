import ArgumentParser
import JointVAE
import JointVAERuns

struct SuggestCapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest-capacity",
    abstract: "Find capacities for a data set.",
    discussion: """
      The command trains a few short models and writes no file. The first has no capacities, but the weight beta on the \
      KL. The KL of its z is how far the capacity of z should grow; the capacity of c grows to all that c can carry. Then \
      the command tries weights gamma, from small to large, until the KL stays within 1 nat of a growing capacity. The \
      last line has the options for train. The recipe decides how long the capacities grow.

        jointvae suggest-capacity shapes
        jointvae suggest-capacity mnist --discrete 10 --steps 1000 --json
      """)

  @Argument(
    help: "The data set: a name that jointvae data list shows, or a path.",
    completion: Completions.dataSets)
  var dataset: String

  @OptionGroup
  var data: DataOptions

  @OptionGroup(title: "Model")
  var model: SettingOptions<SuggestionSettings>

  @Option(parsing: .unconditional, help: "Steps of each short training.")
  var steps = 2_000

  @Option(parsing: .unconditional, help: "The weight of the KL in the first training.")
  var beta = 1.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The weights to try, from small to large. (default: 5,15,30,100,300)",
      valueName: "gamma,..."),
    transform: Parsing.numbers)
  var weights: [Double]?

  @Option(
    parsing: .unconditional,
    help: "Threads to train with; never changes the result. (default: one a core)")
  var threads: Int?

  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func validate() throws {
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
    do {
      try search(try model.changes.newRun(on: dataset).training).validate()
    } catch let error as ConfigurationError {
      throw ValidationError("\(error).")
    }
  }

  func run() throws {
    let compute = try Environment.compute(threads: threads)
    let size = try model.changes.request(on: dataset).imageSize
    let images = try data.load(dataset, size: size, usual: .train)
    let settings = try model.changes.newRun(on: dataset, images: images.facts())
    let progress = ProgressReporter()
    let suggestion = try search(settings.training).run(
      on: images, compute: compute, observers: [progress], onAttempt: { progress.note($0.text) })
    let result = CapacityOptions(suggestion: suggestion)
    try StandardOutput.print(
      json ? try String(JSONText.encode(result).dropLast()) : result.text)
  }

  private func search(_ settings: TrainingConfiguration) -> CapacitySearch {
    var search = CapacitySearch(settings)
    search.steps = steps
    search.beta = beta
    search.weights = weights ?? CapacitySearch.usualWeights
    return search
  }
}
