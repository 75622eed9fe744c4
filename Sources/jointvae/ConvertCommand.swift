import ArgumentParser
import JointVAEReports

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a model as safetensors or for PyTorch.",
    discussion: """
      The ending of TO says the format: .safetensors, or .pt for a state dictionary that torch.load reads with \
      weights_only=True and the PyTorch original loads with strict=True. The weights stay the same to the last bit.

        jointvae convert model.pt model.safetensors
        jointvae convert runs/demo demo.pt
      """)

  @Argument(help: "A run folder, a .safetensors or a .pt file.")
  var from: String

  @Argument(help: "The .safetensors or .pt file to write.")
  var to: String

  @Flag(help: "Replace a file that is there already.")
  var force = false

  func validate() throws {
    try Parsing.requireExtension(["safetensors", "pt", "pth"], of: to, argument: "TO")
  }

  func run() throws {
    let conversion = try ModelConversion(from: from, to: to, replacing: force)
    try conversion.write()
    print(conversion.text)
  }
}
