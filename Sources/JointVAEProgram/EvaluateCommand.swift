import ArgumentParser
import JointVAE
import JointVAERuns

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure how well a model did.",
    usage: "jointvae evaluate <model> ... [<dataset>] [<options>]",
    discussion: """
      MODEL is a run folder, a .safetensors file, a PyTorch state dictionary (.pt) or the name of a trained model in the \
      program. DATASET comes after the models; it is a known name or a path. Without it, the run or the specs.json beside \
      the file names the data set. The default is the test images; --split chooses others.

      The command prints how well a discrete code agrees with the labels: with the majority class of each category, and \
      with categories and classes matched one to one. It prints the confusion matrix, the KL of every latent, the \
      reconstruction error and the ELBO, in nats an image. For several runs it adds means, standard deviations and the \
      best run. docs/evaluation.md explains each number and the layout of the JSON.

        jointvae evaluate runs/demo
        jointvae evaluate mnist
        jointvae evaluate model.pt mnist --confusion confusion.png
        jointvae evaluate runs/demo --disentanglement --json
        jointvae evaluate runs/demo --scores probes,samples
        jointvae evaluate runs/seed-1 runs/seed-2 runs/seed-3 shapes
      """)

  /// The command that measures a run and stores the scores where pages about it look for them.
  static func storingScores(of run: RunFolder) -> String {
    "jointvae evaluate \(run.path.shellWord) --json > \(run.evaluation.shellWord)"
  }

  @Argument(
    help: ArgumentHelp(
      "Run folders, .safetensors or .pt files, names of models that jointvae brings, then the data set: a known name or a "
        + "path.",
      valueName: "model> ... <dataset"),
    completion: Completions.models)
  var paths: [String]

  @Option(help: "The file or folder that holds the data set. (default: see jointvae data list)")
  var data: String?

  @Option(
    help:
      "The part of the data set: train, test, all for both, or validation, which is what a run held back."
  )
  var split: EvaluationRequest.Part?

  @Option(
    parsing: .unconditional,
    help: "Take no more than N images: the first, or, of a set sorted by class, some of each.")
  var limit: Int?

  @OptionGroup(title: "Preparation")
  var preparation: SettingOptions<PreparationSettings>

  @Option(
    parsing: .unconditional,
    help: SettingTable.rows.loss.row.argumentHelp(default: "the run's, else bce"),
    transform: ReconstructionLoss.init(text:))
  var loss: ReconstructionLoss?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Posterior samples an image for the ELBO and the bound of the log-likelihood; 0 for neither.",
      valueName: "K"))
  var importanceSamples = 1

  @Option(
    help: ArgumentHelp(
      "Also write the confusion matrix, as a .png heat map or as .csv.", valueName: "file"))
  var confusion: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Also merge the categories into N groups, found on these images without labels, and compare the groups.",
      valueName: "n"))
  var merge: Int?

  @Flag(help: "Fail when there are no labels to compare with.")
  var accuracy = false

  @Option(
    help: ArgumentHelp(
      "Also compute scores of these kinds: \(EvaluationRequest.familyNames.joined(separator: ", ")).",
      valueName: "kind,..."),
    transform: EvaluationRequest.families)
  var scores: EvaluationRequest.Families = []

  @Flag(
    name: [.long, .customLong("factors")],
    help:
      "The same as --scores disentanglement: scores against known factors, which only some data sets have."
  )
  var disentanglement = false

  @Option(
    parsing: .unconditional, help: "What posterior samples and images for scores are drawn from.")
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: "Threads to measure with; never changes the result. (default: one a core)")
  var threads: Int?

  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func validate() throws {
    if let confusion {
      try Parsing.requireExtension(["png", "csv"], of: confusion, argument: "--confusion")
      if models.count > 1 {
        throw ValidationError(
          "--confusion draws one model's matrix, and there are \(models.count) models; name one.")
      }
    }
    if let limit { try Parsing.requirePositive(("--limit", limit)) }
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
    if !(0...1_000_000).contains(importanceSamples) {
      throw ValidationError(
        "--importance-samples is \(importanceSamples); expected from 0 to 1000000.")
    }
  }

  func run() throws {
    if let call = RankWork.call { return try evaluate(call) }
    if RankWork.isThere { return try evaluateOnRanks() }
    try print(
      EvaluationReport(
        of: models, request, catalog: Environment.catalog(threads: threads, printsRemarks: true)))
  }

  /// Prints what was measured.
  func print(_ report: EvaluationReport) throws {
    for model in models where hasLearnedAll(model) {
      Terminal().write(
        "\(model): it learned from the train and the test images, so no image here is new to it\n")
    }
    if let confusion { try report.writeConfusion(to: confusion) }
    try StandardOutput.print(json ? report.json() : report.text(), terminator: "")
  }

  /// Whether a run took all images of the data set that it is measured on.
  private func hasLearnedAll(_ model: String) -> Bool {
    guard split != .validation, let stored = try? StoredModel(model) else { return false }
    return stored.configuration?.images.request.split == .all
      && (names.dataSet == nil || names.dataSet == stored.dataSet)
  }

  private var names: ModelsAndDataSet { ModelsAndDataSet(paths) }
  var models: [String] { names.models }

  var request: EvaluationRequest {
    var request = EvaluationRequest()
    request.dataSet = names.dataSet
    request.dataPath = data
    request.part = split
    request.limit = limit
    request.loss = loss
    request.likelihoodSamples = importanceSamples
    request.seed = seed
    request.mergedCategories = merge
    request.requiresAccuracy = accuracy || confusion != nil
    request.families = scores
    if disentanglement { request.scoresDisentanglement = true }
    request.compute = Compute(threads: threads)
    request.images = preparation.changes
    return request
  }
}

extension EvaluationRequest.Part: ExpressibleByArgument {}
