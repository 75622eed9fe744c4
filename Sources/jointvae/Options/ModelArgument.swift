import ArgumentParser
import JointVAEModels

/// What every command says of the model it takes.
enum ModelArgument {
  static let help = ArgumentHelp(
    "A run folder, a .safetensors or a .pt file, or a model that jointvae brings: "
      + PretrainedModel.allCases.map(\.name).joined(separator: ", ") + ".")
}
