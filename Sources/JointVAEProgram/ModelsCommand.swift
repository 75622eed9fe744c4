import ArgumentParser
import JointVAEFiles
import JointVAEModels
import JointVAERuns

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the trained models in the program.",
    discussion: """
      Each row has the name that other commands take, the image size, the latents, what the categories are, and scores \
      on images of the same data set. Training used no labels; the names of the categories and the scores do.

        jointvae models
        jointvae sample mnist --class 3
      """)

  func run() throws {
    let rows = try PretrainedModel.allCases.map { known in
      let stored = try StoredModel(known.name)
      var seen: Set<String> = []
      let names = (stored.categoryNames?.names ?? []).filter { seen.insert($0).inserted }
      return [
        known.name, "\(stored.model.imageShape)", "\(stored.model.latents)",
        "\(NumberText.decimal(Double(known.byteCount) / 1e6, 1)) MB",
        Self.shortened(names.joined(separator: ", ")), stored.notes["scores"] ?? "",
      ]
    }
    try StandardOutput.print(
      TextTable([["model", "image", "latents", "size", "draws", "scores"]] + rows).text)
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(37) + "..."
  }
}
