import ArgumentParser
import JointVAE
import JointVAEFiles
import JointVAERuns

struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit the distribution that sample draws codes from.",
    discussion: """
      The command encodes up to 10,000 images and fits a normal distribution of z for each category. It stores them with \
      the run or the .safetensors file: the aggregate posterior, from which sample draws from then on. Training does the \
      same with 1,024 images at every checkpoint. Name the images that the model learned from.

        jointvae fit runs/demo shapes
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String

  @Argument(help: "A data set.", completion: Completions.dataSets)
  var dataset: String

  @OptionGroup(title: "Data")
  var data: DataOptions

  func run() throws {
    let stored = try StoredModel(model)
    let images = try data.load(dataset, for: stored.model.imageShape, usual: .train)
    guard let (posterior, count) = try stored.fitAggregatePosterior(to: images) else {
      throw FileError(
        model,
        "has no distribution of codes to fit: its latents are \(stored.model.latents), and at most "
          + "\(AggregatePosterior.continuousLimit) continuous variables and finite codes are expected"
      )
    }
    try stored.write(posterior)
    let kinds = NumberText.count(posterior.components.count, "component")
    try StandardOutput.print(
      "\(model): the aggregate posterior has \(kinds), from \(NumberText.count(count, "image"))")
  }
}
