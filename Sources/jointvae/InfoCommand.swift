import ArgumentParser
import JointVAEReports

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Print what a model is made of.",
    discussion: """
      Tensors and shapes, latent variables, the number of parameters and, of a run, its recipe and what its latents carry. \
      The specs.json beside a .pt of the original is read, too.

        jointvae info runs/demo
        jointvae info mnist
        jointvae info model.pt
      """)

  @Argument(help: ModelArgument.help)
  var model: String

  func run() throws { print(try ModelDescription(StoredModel(model)).text) }
}
