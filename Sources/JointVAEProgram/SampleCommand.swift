import JointVAEPictures
import ArgumentParser
import JointVAE
import JointVAEFiles
import JointVAERuns

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw images from a model.",
    discussion: """
      The command draws codes and decodes them. It draws from the aggregate posterior where the model holds it: for each \
      category a normal distribution of z, which train and fit fit to the codes of images. Otherwise, and with --from prior, z \
      is standard normal and every c uniform. MODEL is a run folder, a .safetensors file, a PyTorch state dictionary (.pt) \
      or the name of a trained model in the program.

        jointvae sample mnist
        jointvae sample mnist --class 3 -o threes.png
        jointvae sample runs/demo -o samples.png
        jointvae sample mnist --from prior
        jointvae sample runs/demo --category 3 --count 100 --seed 7 -o fourth.png
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String

  @OptionGroup
  var picture: PictureOptions

  @OptionGroup
  var terminal: ShowOption

  @Option(parsing: .unconditional, help: "How many images to draw.")
  var count = 64

  @Option(parsing: .unconditional, help: "Images in a row.")
  var columns = 8

  @Option(
    help: ArgumentHelp(
      "Draw only this category, counted from 0, of the first discrete code, or VARIABLE:CATEGORY. Of a model that merge "
        + "wrote, the number is that of a group. May be repeated.",
      valueName: "category"),
    transform: Parsing.category)
  var category: [FixedLatent] = []

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "Draw only the categories of this name, such as 3 of mnist; see jointvae name.",
      valueName: "name"))
  var className: String?

  @Option(
    help: ArgumentHelp(
      "Where codes come from. (default: aggregate where the model holds it, else prior)",
      valueName: "aggregate|prior"))
  var from: Source?

  @Option(parsing: .unconditional, help: "What the images are drawn from.")
  var seed: UInt64 = 1

  /// Where codes come from.
  enum Source: String, CaseIterable, ExpressibleByArgument {
    case aggregate, prior
  }

  func validate() throws {
    try picture.validate(["png"])
    try Parsing.requirePositive(("--count", count), ("--columns", columns))
    if className != nil && category.contains(where: { $0.variable == .discrete(0) }) {
      throw ValidationError("--class and --category both choose a category; give one of them.")
    }
  }

  func run() throws {
    let stored = try StoredModel(model)
    let names = stored.categoryNames
    let groups = stored.categoryGroups
    var fixed = category
    var categories: [Int] = []
    if let groups,
      let place = fixed.firstIndex(where: { $0.variable == .discrete(groups.variable) }),
      case .discrete(_, let group) = fixed[place]
    {
      categories = try groups.requireCategories(of: group)
      fixed.remove(at: place)
    }
    if let className {
      let named = names ?? CategoryNames(count: stored.model.latents.discrete.first ?? 0)
      categories = try named.categories(named: className)
    }
    let source = try source(of: stored)
    let output = picture.output ?? "\(RunFolder.name(for: model))-samples.png"
    let scale = picture.scale(
      columns: min(columns, count), imageWidth: stored.model.imageShape.width)
    try Pictures.samples(
      of: stored.model, from: source, count: count, columns: columns, fixing: fixed,
      amongCategories: categories, of: className == nil ? groups?.variable ?? 0 : 0, seed: seed,
      scale: scale
    ).writePNG(to: output)
    let variants =
      categories.count > 1 && className == nil
      ? " of \(categories.count) variants, categories \(NumberText.list(categories.map(String.init)))"
      : ""
    let shown = fixed.compactMap { fixed -> String? in
      guard case .discrete(0, let index) = fixed, let names, names.names.indices.contains(index)
      else { return nil }
      return "; category \(index) is named \(names.names[index].quoted)"
    }.joined()
    let origin = source == .prior ? "" : " from the aggregate posterior"
    try StandardOutput.print(
      "\(output): \(NumberText.count(count, "image"))\(variants)\(origin)\(shown)")
    try terminal.draw(fileAt: output)
  }

  private func source(of stored: StoredModel) throws -> LatentSource {
    if from == .prior { return .prior }
    if let posterior = try stored.aggregatePosterior() { return .aggregate(posterior) }
    guard from == nil else {
      throw FileError(model, "does not hold the aggregate posterior", remedy: .fit)
    }
    return .prior
  }
}
