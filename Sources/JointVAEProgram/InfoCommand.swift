import ArgumentParser
import JointVAERuns

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Print what a model is made of.",
    discussion: """
      The command prints layers with their shapes, parameters and multiply-adds, then tensors and latent variables. For a \
      run it adds the recipe and the KL of each latent. It also reads the specs.json beside a .pt of the original.

        jointvae info runs/demo
        jointvae info mnist
        jointvae info model.pt
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String

  func run() throws { try StandardOutput.print(ModelDescription(StoredModel(model)).text) }
}
