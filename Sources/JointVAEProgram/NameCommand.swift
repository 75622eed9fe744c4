import ArgumentParser
import JointVAE
import JointVAERuns

struct NameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "name",
    abstract: "Name the categories of a model.",
    discussion: """
      A model learns without labels, so the order of its categories is arbitrary. Look at them with traverse, then name \
      them. A data set with labels can name them as well: each category gets the class that most of its images have. \
      Names stay with the run or the .safetensors file. sample --class takes them.

        jointvae name runs/demo 0=star 1=circle
        jointvae name runs/demo --dataset shapes
        jointvae name mnist
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String

  @Argument(
    help: ArgumentHelp("A category and its name. May be repeated.", valueName: "number=name"),
    transform: Parsing.categoryName)
  var names: [Parsing.CategoryName] = []

  @Option(
    help: "A data set with labels to take the names from.", completion: Completions.dataSets)
  var dataset: String?

  @OptionGroup(title: "Data")
  var data: DataOptions

  func run() throws {
    let stored = try StoredModel(model)
    guard let count = stored.model.latents.discrete.first else {
      throw ValidationError("\(model) has no categories (latents \(stored.model.latents)).")
    }
    var all = stored.categoryNames ?? CategoryNames(count: count)
    if let dataset {
      let images = try data.load(dataset, for: stored.model.imageShape, usual: .test)
      all = try stored.categoryNames(fromClassesOf: images)
    }
    for name in names { try all.name(name.category, name.name) }
    if dataset != nil || !names.isEmpty { try stored.write(all) }
    try StandardOutput.print(
      all.names.enumerated().map { "\($0)  \($1.isEmpty ? "-" : $1)" }.joined(separator: "\n"))
  }
}
