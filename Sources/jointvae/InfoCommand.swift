import ArgumentParser
import JointVAEReports

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Print what a model is made of.",
    discussion: """
      Tensors and shapes, latent variables, the number of parameters and, of a run, its recipe and what its latents carry.

        jointvae info runs/demo
      """)

  @Argument(help: "A run folder or a .safetensors file.")
  var model: String

  func run() throws { print(try ModelDescription(StoredModel(model)).text) }
}
