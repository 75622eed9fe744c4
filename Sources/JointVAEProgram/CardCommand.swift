import ArgumentParser
import JointVAEReport
import JointVAERuns

struct CardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Write a model card, to publish a model.",
    discussion: """
      The folder gets README.md in the form of Hugging Face's model cards, model.safetensors and pictures. The page holds \
      what the model's file or run holds: data set, settings, what the latents carry, names of categories, and scores. \
      Scores come from evaluation.json in a run's folder; write it with jointvae evaluate RUN --json > RUN/evaluation.json. \
      Standard error lists what is missing.

        jointvae card runs/digits -o card --license mit
        jointvae card mnist -o card
      """)

  @Argument(help: ModelArgument.help)
  var model: String

  @Option(name: .shortAndLong, help: "The folder to write; it may hold other files.")
  var output: String

  @Option(help: "What the page calls the model. (default: the last part of MODEL)")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The license's identifier, such as mit. (default: that of the model's note \"license\", else unknown)"
    ))
  var license: String?

  @Flag(help: "Replace files that are there already.")
  var force = false

  func run() throws {
    let card = try ModelCard(model, name: name, license: license)
    try card.write(to: output, replacing: force)
    let terminal = Terminal()
    for remark in card.remarks { terminal.write("note: \(remark)\n") }
    if card.lacksScores {
      let command = EvaluateCommand.storingScores(of: RunFolder(model))
      terminal.write("note: there are no scores; make them with \(command)\n")
    }
    try StandardOutput.print(card.text(writtenTo: output))
  }
}
