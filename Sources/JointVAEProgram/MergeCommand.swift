import ArgumentParser
import JointVAE
import JointVAEFiles
import JointVAERuns

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Take categories of a model together that mean the same.",
    discussion: """
      A model with more categories than there are classes draws variants of a class. The command looks which categories \
      the same images hesitate between, and merges these first until --categories groups are left. It uses no labels. \
      The result is a .safetensors file with the same weights: evaluate compares its groups with the labels, \
      sample --category N draws every variant of group N.

      Without --dataset, the command looks at the training images of the model's own data set.

        jointvae merge runs/demo --categories 3
        jointvae merge runs/demo --categories 2 --dataset shapes
        jointvae merge runs/digits --categories 2 --variable 0
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String

  @Option(
    parsing: .unconditional,
    help: "The number of groups, from 2 to one less than there are categories.")
  var categories: Int

  @Option(
    parsing: .unconditional,
    help: "The number of the discrete code, from 0. (default: the only one)")
  var variable: Int?

  @Option(
    help: "The data set whose images are looked at. (default: the model's own)",
    completion: Completions.dataSets)
  var dataset: String?

  @OptionGroup(title: "Data")
  var data: DataOptions

  @Option(
    name: .shortAndLong,
    help: "The .safetensors file to write. (default: named after the model, in this folder)")
  var output: String?

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @Option(parsing: .unconditional, help: "Threads. (default: one a core)")
  var threads: Int?

  func validate() throws {
    if let output { try Parsing.requireExtension(["safetensors"], of: output) }
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
  }

  func run() throws {
    var request = EvaluationRequest()
    request.dataSet = dataset
    request.dataPath = data.data
    request.part = data.split.map(EvaluationRequest.Part.init)
    request.limit = data.limit
    request.images = data.preparation.changes
    request.compute = try Environment.compute(threads: threads)
    let merging = try ModelMerging(
      model, to: output ?? "\(RunFolder.name(for: model))-merged.safetensors", into: categories,
      variable: variable, request: request,
      catalog: Environment.catalog(threads: threads, printsRemarks: true), replacing: force)
    try merging.write()
    try StandardOutput.print(merging.text)
  }
}
