import ArgumentParser
import JointVAE
import JointVAERuns

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a model as safetensors or for PyTorch.",
    discussion: """
      The name of TO decides the format: .safetensors, or .pt for a PyTorch state dictionary. torch.load reads the latter \
      with weights_only=True, and the PyTorch original loads it with strict=True. The weights stay the same to the last \
      bit unless --half rounds them. A .safetensors file also keeps a run's settings and the KL of its latents.

        jointvae convert model.pt model.safetensors
        jointvae convert runs/demo demo.pt
        jointvae convert runs/demo demo.safetensors --half --note "author=A. Student"
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var from: String

  @Argument(help: "The .safetensors or .pt file to write.")
  var to: String

  @Flag(help: "Replace a file that is there already.")
  var force = false

  @Flag(help: "Round the weights to 16 bits, for a .safetensors file of half the size.")
  var half = false

  @Option(
    help: ArgumentHelp(
      "A word about the model, kept in a .safetensors file and shown by info. May be repeated.",
      valueName: "key=text"),
    transform: Parsing.note)
  var note: [Parsing.Note] = []

  func validate() throws {
    try Parsing.requireExtension(["safetensors", "pt", "pth"], of: to, argument: "TO")
  }

  func run() throws {
    let conversion = try ModelConversion(
      from: from, to: to, replacing: force, precision: half ? .half : .single,
      notes: Dictionary(note.map { ($0.key, $0.text) }) { _, last in last })
    try conversion.write()
    try StandardOutput.print(conversion.text)
  }
}
