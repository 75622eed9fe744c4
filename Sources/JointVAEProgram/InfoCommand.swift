import ArgumentParser
import JointVAERuns

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Print what a model is made of, or what MPI is there.",
    discussion: """
      The command prints layers with their shapes, parameters and multiply-adds, then tensors and latent variables. For a \
      run it adds the recipe and the KL of each latent. It also reads the specs.json beside a .pt of the original.

        jointvae info runs/demo
        jointvae info mnist
        jointvae info model.pt

      With --mpi it prints the libraries of MPI that were found, and which ranks a launcher such as mpirun has started. \
      docs/scale.md describes what ranks do together.

        jointvae info --mpi
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String?

  @Flag(help: "Print the libraries of MPI, and the ranks that a launcher has started.")
  var mpi = false

  func validate() throws {
    if mpi, model != nil {
      throw ValidationError("--mpi describes no model; leave out one of them.")
    }
    if !mpi, model == nil {
      throw ValidationError("Missing MODEL: name a run folder, a file or a trained model.")
    }
  }

  func run() throws {
    if mpi {
      try printMPI()
    } else if let model {
      try StandardOutput.print(ModelDescription(StoredModel(model)).text)
    }
  }
}
