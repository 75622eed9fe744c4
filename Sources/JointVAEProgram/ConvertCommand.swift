import ArgumentParser
import JointVAE
import JointVAERuns
import JointVAETensorBoard

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a model or a run for other programs.",
    usage: """
      jointvae convert <from> <to> [--force] [--half] [--note <key=text> ...]
      jointvae convert <run> --tensorboard <folder> [--force]
      """,
    discussion: """
      The name of TO decides the format: .safetensors, .pt for a PyTorch state dictionary, or .onnx. torch.load reads a .pt \
      with weights_only=True, and the PyTorch original loads it with strict=True. The weights stay the same to the last \
      bit unless --half rounds them. A .safetensors file also keeps a run's settings and the KL of its latents.

      ONNX takes two files: digits.onnx stands for digits.encoder.onnx and digits.decoder.onnx. They hold what a \
      .safetensors file holds, and either name reads the pair back. ONNX models of other programs are not read.

        jointvae convert model.pt model.safetensors
        jointvae convert runs/demo demo.pt
        jointvae convert mnist digits.onnx
        jointvae convert digits.encoder.onnx digits.safetensors
        jointvae convert runs/demo demo.safetensors --half --note "author=A. Student"
        jointvae convert runs/demo demo.pt --to-python model.py
        jointvae convert runs/demo --tensorboard events/demo
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var from: String

  @Argument(help: "The .safetensors, .pt or .onnx file to write.")
  var to: String?

  @Option(
    help: ArgumentHelp(
      "Write the event files of a run to a new folder, as train --tensorboard does.",
      valueName: "folder"))
  var tensorboard: String?

  @Flag(help: "Replace files that are there already.")
  var force = false

  @Flag(help: "Round the weights to 16 bits, for a .safetensors file of half the size.")
  var half = false

  @Option(
    help: ArgumentHelp(
      "A word about the model, kept in a .safetensors or .onnx file and shown by info. May be repeated.",
      valueName: "key=text"),
    transform: Parsing.note)
  var note: [Parsing.Note] = []

  @Option(
    help: ArgumentHelp(
      "Also write the network as a PyTorch module, a .py file whose class loads a .pt of the model.",
      valueName: "file"))
  var toPython: String?

  func validate() throws {
    if let toPython { try Parsing.requireExtension(["py"], of: toPython, argument: "--to-python") }
    switch (to, tensorboard) {
    case (let to?, nil):
      try Parsing.requireExtension(["safetensors", "pt", "pth", "onnx"], of: to, argument: "TO")
    case (nil, _?):
      if half || !note.isEmpty || toPython != nil {
        throw ValidationError("--tensorboard goes without --half, --note and --to-python.")
      }
    case (nil, nil): throw ValidationError("Missing TO: name the file to write.")
    case (_?, _?): throw ValidationError("TO and --tensorboard exclude each other; pass one.")
    }
  }

  func run() throws {
    if let tensorboard { return try writeEvents(to: tensorboard) }
    guard let to else { return }
    let conversion = try ModelConversion(
      from: from, to: to, replacing: force, precision: half ? .half : .single,
      notes: Dictionary(note.map { ($0.key, $0.text) }) { _, last in last },
      pythonModule: toPython)
    try conversion.write()
    try StandardOutput.print(conversion.text)
  }

  private func writeEvents(to folder: String) throws {
    let conversion = try TensorBoardConversion(of: from, to: folder, replacing: force)
    let terminal = Terminal()
    for remark in try conversion.write(catalog: Environment.catalog(threads: nil)) {
      terminal.write("note: \(remark)\n")
    }
    try StandardOutput.print(conversion.text)
  }
}
