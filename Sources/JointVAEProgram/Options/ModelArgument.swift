import ArgumentParser
import JointVAEModels

/// The help of the model that commands take.
enum ModelArgument {
  static let help = ArgumentHelp(
    "A run folder, a .safetensors, .pt or .onnx file, or a model that jointvae brings: "
      + PretrainedModel.allCases.map(\.name).joined(separator: ", ") + ".")

  /// The help of one model or more.
  static let several = ArgumentHelp(
    "Run folders, .safetensors, .pt or .onnx files, or models that jointvae brings: "
      + PretrainedModel.allCases.map(\.name).joined(separator: ", ") + ".",
    valueName: "model")
}
