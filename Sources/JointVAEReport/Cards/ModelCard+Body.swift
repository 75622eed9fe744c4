import JointVAE
import JointVAEFiles
import JointVAERuns

extension ModelCard {
  /// The part that people read, in Markdown.
  var body: String {
    let model = stored.model
    var parts = [
      "# \(Self.plain(name))",
      """
      A JointVAE ([Dupont 2018](https://arxiv.org/abs/1804.00104)) for images of \(model.imageShape) (height x width x
      channels). It has the latents \(model.latents): \(Self.words(model.latents)). It learned without labels, so the
      order of its categories has no meaning.
      """,
    ]
    parts += figures.map { "![\($0.description)](\($0.name))" }
    parts.append("## What it is")
    parts.append(Self.table(facts))
    if let names = stored.categoryNames?.names {
      parts.append("## Categories")
      parts.append(
        Self.table(
          [("category", "name")] + names.enumerated().map { ("\($0.offset)", $0.element) },
          hasHeader: true))
    }
    if let kl = stored.summary?.kl {
      parts.append("## What the latents carry")
      parts.append(
        Self.table(
          [("latent", kl.information == nil ? "KL (nats)" : "information (nats)")]
            + kl.sorted(model.latents.variables).map {
              ("\($0)", NumberText.decimal(kl.carried(by: $0), 3))
            }, hasHeader: true))
    }
    parts += scoresPart
    parts.append("## How to use it")
    parts.append(usage)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var facts: [(String, String)] {
    let model = stored.model
    var facts = [
      ("parameters", NumberText.count(model.parameterCount)),
      ("weights", "\(Self.modelName), tensor names of the original implementation"),
    ]
    if let dataSet = stored.dataSet { facts.append(("data set", dataSet)) }
    if let configuration = stored.configuration {
      facts.append(("images", NumberText.count(configuration.images.count)))
      facts.append(("recipe", configuration.recipe))
      facts.append(("length", configuration.training.length.words))
      facts.append(("seed", "\(configuration.training.seed)"))
    }
    if let step = stored.summary?.step { facts.append(("steps done", NumberText.count(step))) }
    facts += stored.notes.filter { !["categories", "license"].contains($0.key) }
      .sorted { $0.key < $1.key }.prefix(20).map { ($0.key, $0.value) }
    return facts
  }

  private var scoresPart: [String] {
    guard let evaluation, !scores.isEmpty else { return [] }
    let rows = scores.map { ($0.title, NumberText.significant($0.value, 4)) }
    return [
      "## Scores", "On \(Self.plain(evaluation.measuredOn)).",
      Self.table([("measure", "value")] + rows, hasHeader: true),
    ]
  }

  private var usage: String {
    """
    With `jointvae`, the program of JointVAE for Swift:

        jointvae sample \(Self.modelName) -o samples.png
        jointvae traverse \(Self.modelName) -o latents.gif
        jointvae convert \(Self.modelName) model.onnx

    In a Swift program:

        let model = try JointVAEModel(contentsOf: "\(Self.modelName)")
        let images = try model.sample(16)

    `jointvae convert \(Self.modelName) model.pt` writes a state dictionary for PyTorch.
    """
  }

  private static func words(_ latents: LatentSpec) -> String {
    var words: [String] = []
    if latents.continuous > 0 {
      words.append(
        "\(NumberText.count(latents.continuous)) continuous variable\(latents.continuous == 1 ? "" : "s") z"
      )
    }
    words += latents.discrete.enumerated().map {
      "c\($0.offset) with \(NumberText.count($0.element)) categor\($0.element == 1 ? "y" : "ies")"
    }
    return NumberText.list(words)
  }

  private static func table(_ rows: [(String, String)], hasHeader: Bool = false) -> String {
    let all = hasHeader ? rows : [("", "")] + rows
    return all.enumerated().map { index, row in
      "| \(plain(row.0)) | \(plain(row.1)) |" + (index == 0 ? "\n|---|---|" : "")
    }.joined(separator: "\n")
  }

  /// A text that Markdown shows as it is, on one line.
  private static func plain(_ text: String) -> String {
    text.printable(limit: 2000).map { character in
      switch character {
      case "|", "*", "_", "[", "]", "#": "\\\(character)"
      case "<": "&lt;"
      case ">": "&gt;"
      default: "\(character)"
      }
    }.joined()
  }
}
