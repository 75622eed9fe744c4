import ArgumentParser
import JointVAE
import JointVAEData
import JointVAEExplorer
import JointVAEFiles
import JointVAERuns

struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Write a page to draw, move latents, compare models.",
    discussion: """
      The page is a single file that any browser opens without a network. Encoder and decoder run in the page. Draw an \
      image and see its code. Move a latent and see the picture change. Several models stand side by side and share the \
      drawing.

      With --data, the page holds 2000 images of a data set, chosen by --seed, and shows them on a map of the latent space.

        jointvae explore mnist -o digits.html --open
        jointvae explore runs/demo --data shapes -o demo.html
        jointvae explore runs/seed-1 runs/seed-2 -o seeds.html
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var models: [String]

  @Option(
    name: .shortAndLong,
    help: "The .html file to write. (default: named after the first model, in this folder)")
  var output: String?

  @Flag(help: "Open the page in the browser.")
  var open = false

  @Option(
    help: ArgumentHelp(
      "A data set to show on the page, a known name or a path.", valueName: "dataset"),
    completion: Completions.dataSets)
  var data: String?

  @Option(help: "The part of the data set: train, test, or all for both. (default: test)")
  var split: DataSplit?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Images of the data set that the page holds.", valueName: "count"))
  var images = ExplorerPage.imageLimit

  @Option(parsing: .unconditional, help: "What these images are chosen by.")
  var seed: UInt64 = 1

  @Option(
    parsing: .unconditional,
    help: "Bits of a weight: 16 or 32. The command prints what rounding to 16 changes.")
  var bits = 16

  @Option(help: "The page's heading. (default: the models' names)")
  var title: String?

  @OptionGroup(title: "Preparation")
  var preparation: SettingOptions<PreparationSettings>

  func validate() throws {
    if let output { try Parsing.requireExtension(["html", "htm"], of: output) }
    try Parsing.requirePositive(("--images", images))
    guard [16, 32].contains(bits) else {
      throw ValidationError("--bits is \(bits); expected 16 or 32.")
    }
    guard data == nil else { return }
    let settings = PreparationSettings.settings.map(\.name)
      .filter { preparation.changes[text: $0] != nil }
    if let first = settings.first.map({ "--\($0)" }) ?? split.map({ _ in "--split" }) {
      throw ValidationError(
        "\(first) chooses images of a data set; name the data set with --data.")
    }
  }

  func run() throws {
    let stored = try models.map { try StoredModel($0) }
    let page = try ExplorerPage(
      stored, images: data.map { try load($0, for: stored[0].model.imageShape) },
      imageCount: images, seed: seed, precision: bits == 16 ? .half : .single, title: title)
    let path = output ?? "\(RunFolder.name(for: models[0]))-explorer.html"
    try page.write(to: path)
    let terminal = Terminal()
    for remark in page.remarks { terminal.write("note: \(remark)\n") }
    let size = NumberText.decimal(Double(page.html.utf8.count) / 1e6, 1)
    try StandardOutput.print("\(path): \(size) MB; open it in a browser")
    if open, !Browser.open(path) {
      terminal.write("note: no browser was found; open \(path) yourself\n")
    }
  }

  private func load(_ dataSet: String, for shape: ImageShape) throws -> LabeledImages {
    var request = DataSetRequest(dataSet, split: split, imageSize: shape.size)
    request.usualSplit = .test
    request.preparation.match(channels: shape.channels)
    return try Environment.catalog(printsRemarks: true).load(
      preparation.changes.applied(to: request))
  }
}
