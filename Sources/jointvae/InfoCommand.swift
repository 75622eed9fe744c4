import ArgumentParser
import JointVAERuns

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Print what a model is made of.",
    discussion: """
      Layers with their shapes, parameters and multiply-adds, tensors, latent variables and, of a run, its recipe and what \
      its latents carry. The command also reads the specs.json beside a .pt of the original.

        jointvae info runs/demo
        jointvae info mnist
        jointvae info model.pt
      """)

  @Argument(help: ModelArgument.help)
  var model: String

  func run() throws { print(try ModelDescription(StoredModel(model)).text) }
}
