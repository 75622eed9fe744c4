import JointVAEPictures
import ArgumentParser
import JointVAE
import JointVAERuns

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw images from a model.",
    discussion: """
      The command draws z from the standard normal prior, and every c uniformly from its categories. MODEL is a run \
      folder, a .safetensors file, a PyTorch state dictionary (.pt) or the name of a trained model in the program.

        jointvae sample mnist -o digits.png
        jointvae sample runs/demo -o samples.png
        jointvae sample runs/demo --category 3 --count 100 --seed 7 -o threes.png
      """)

  @Argument(help: ModelArgument.help)
  var model: String

  @Option(name: .shortAndLong, help: "The .png file to write.")
  var output: String

  @Option(parsing: .unconditional, help: "How many images to draw.")
  var count = 64

  @Option(parsing: .unconditional, help: "Images in a row.")
  var columns = 8

  @Option(
    help: ArgumentHelp(
      "Draw only this category: 3 of the first discrete code, or VARIABLE:CATEGORY. May be repeated.",
      valueName: "category"),
    transform: Parsing.category)
  var category: [FixedLatent] = []

  @Option(parsing: .unconditional, help: "What the images are drawn from.")
  var seed: UInt64 = 1

  @Option(parsing: .unconditional, help: "Pixels a side that each pixel becomes.")
  var scale = 1

  func validate() throws {
    try Parsing.requireExtension(["png"], of: output)
    try Parsing.requirePositive(("--count", count), ("--columns", columns), ("--scale", scale))
  }

  func run() throws {
    let model = try StoredModel(model).model
    try Pictures.samples(
      of: model, count: count, columns: columns, fixing: category, seed: seed, scale: scale
    ).writePNG(to: output)
  }
}
