import ArgumentParser
import JointVAE
import JointVAERuns

struct TraverseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traverse",
    abstract: "Show what each latent does.",
    discussion: """
      A continuous latent takes the prior's quantiles from 0.05 to 0.95, a discrete one its categories. The other latents \
      stay at 0 and category 0. The default is a row for every latent, the one that carries most first. A .gif sweeps \
      there and back, with a column for each latent and a row for each category. Several models stand side by side in one \
      picture, each under its name.

        jointvae traverse runs/demo -o all.png --show-kl
        jointvae traverse mnist
        jointvae traverse mnist -o sweep.gif
        jointvae traverse runs/demo -o one.gif --latent z3
        jointvae traverse runs/demo -o grid.png --grid z1,c0
        jointvae traverse runs/demo -o five.png --dataset shapes --image 5
        jointvae traverse runs/seed-1 runs/seed-2 runs/seed-3 -o seeds.png
        jointvae traverse runs/seed-1 runs/seed-2 -o 5.png --dataset shapes --image 5
      """)

  @Argument(help: ModelArgument.several, completion: Completions.models)
  var models: [String]

  @OptionGroup
  var options: PictureOptions

  @OptionGroup
  var terminal: ShowOption

  @Option(
    help: ArgumentHelp("Only this latent, such as z3 or c0.", valueName: "latent"),
    transform: LatentVariable.init(name:))
  var latent: LatentVariable?

  @Option(
    help: ArgumentHelp("One latent down, one across, such as z1,c0.", valueName: "latent,latent"),
    transform: Parsing.pair)
  var grid: [LatentVariable]?

  @Flag(help: "All latents. This is the default.")
  var all = false

  @Flag(help: "Set the other latents to a draw from the prior instead of 0 and category 0.")
  var fromPrior = false

  @Option(parsing: .unconditional, help: "What --from-prior draws from.")
  var seed: UInt64 = 1

  @Option(
    help: "A data set to measure the latents on, and to take --image from.",
    completion: Completions.dataSets)
  var dataset: String?

  @Option(
    parsing: .unconditional, help: "Set the other latents to the code of image N of --dataset.")
  var image: Int?

  @Flag(
    help: """
      Write beside each row what its latent carries: its information in nats, or its KL where only that was measured.
      """)
  var showKL = false

  @Option(
    parsing: .unconditional,
    help: "Points from one end of a latent to the other. (default: 8, or all categories)")
  var size: Int?

  @OptionGroup(title: "Data")
  var data: DataOptions

  func validate() throws {
    try options.validate(["png", "gif"])
    if let size { try Parsing.requirePositive(("--size", size)) }
    if [latent != nil, grid != nil, all].count(where: { $0 }) > 1 {
      throw ValidationError("--latent, --grid and --all exclude each other; give one of them.")
    }
    if fromPrior && image != nil {
      throw ValidationError(
        "--from-prior and --image both set the other latents; give one of them.")
    }
    if image != nil && dataset == nil {
      throw ValidationError("--image needs --dataset NAME to take the image from.")
    }
    if grid != nil && (options.output ?? "").lowercased().hasSuffix(".gif") {
      throw ValidationError("--grid is a still picture; give --output a name that ends in .png.")
    }
    if grid != nil && showKL {
      throw ValidationError("--show-kl writes beside rows of one latent each; leave out --grid.")
    }
    if models.count > 1 {
      let single = [
        ("--latent", latent != nil), ("--grid", grid != nil), ("--from-prior", fromPrior),
      ]
      if let option = single.first(where: \.1)?.0 {
        throw ValidationError(
          "\(option) goes with one model, and there are \(models.count); name one.")
      }
      try options.validate(["png"])
    }
    if let image, image < 0 { throw ValidationError("--image is \(image); expected at least 0.") }
  }

  func run() throws {
    guard models.count == 1, let model = models.first else { return try compare() }
    let stored = try StoredModel(model)
    var picture = TraversalPicture(stored)
    if let size { picture.pointCount = size }
    let output = options.output ?? "\(RunFolder.name(for: model))-traversals.png"
    picture.scale = options.scale(
      columns: output.lowercased().hasSuffix(".gif")
        ? stored.model.latents.variables.count : picture.pointCount,
      imageWidth: stored.model.imageShape.width)
    picture.showsKL = showKL
    if let dataset {
      try picture.measure(
        on: try data.load(dataset, for: stored.model.imageShape, usual: .test), base: image)
    }
    if fromPrior { try picture.drawBase(seed: seed) }
    if let grid {
      picture.content = .grid(rows: grid[0], columns: grid[1])
    } else if let latent {
      picture.content = .line(latent)
    }
    try picture.write(to: output)
    try StandardOutput.print("\(output): what each latent does")
    try terminal.draw(fileAt: output)
  }

  /// All models in one picture.
  private func compare() throws {
    let stored = try models.map { try StoredModel($0) }
    var picture = try SideBySideTraversals(stored)
    if let size { picture.pointCount = size }
    picture.scale = options.scale(
      columns: picture.pointCount * picture.columns,
      imageWidth: stored.first?.model.imageShape.width ?? 1)
    picture.showsKL = showKL
    if let dataset, let shape = stored.first?.model.imageShape {
      try picture.measure(on: try data.load(dataset, for: shape, usual: .test), base: image)
    }
    let output = options.output ?? "side-by-side.png"
    try picture.write(to: output)
    try StandardOutput.print(
      "\(output): what each latent of \(picture.titles.joined(separator: ", ")) does")
    try terminal.draw(fileAt: output)
  }
}
