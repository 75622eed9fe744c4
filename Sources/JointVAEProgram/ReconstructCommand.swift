import JointVAEPictures
import ArgumentParser
import JointVAE
import JointVAERuns

struct ReconstructCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconstruct",
    abstract: "Show images above their reconstructions.",
    discussion: """
      The upper half of the rows holds images of the data set, evenly spaced over it. The lower half holds their \
      reconstructions, from the means of z and the most probable categories.

        jointvae reconstruct runs/demo shapes -o reconstructions.png
      """)

  @Argument(help: ModelArgument.help)
  var model: String

  @Argument(help: "The data set: a known name or a path.")
  var dataset: String

  @OptionGroup
  var picture: PictureOptions

  @Option(parsing: .unconditional, help: "How many images to show.")
  var count = 32

  @Option(parsing: .unconditional, help: "Images in a row.")
  var columns = 8

  @OptionGroup(title: "Data")
  var data: DataOptions

  func validate() throws {
    try picture.validate(["png"])
    try Parsing.requirePositive(("--count", count), ("--columns", columns))
  }

  func run() throws {
    let output = picture.output ?? "\(RunFolder.name(for: model))-reconstructions.png"
    let model = try StoredModel(model).model
    let images = try data.load(dataset, for: model.imageShape, usual: .test)
    try Pictures.reconstructions(
      of: model, images: ImageBatch(evenlyFrom: images, count: count), columns: columns,
      scale: picture.scale(columns: min(columns, count), imageWidth: model.imageShape.width)
    ).writePNG(to: output)
    try StandardOutput.print("\(output): images above their reconstructions")
  }
}
