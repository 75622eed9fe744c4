import JointVAEPictures
import ArgumentParser
import JointVAE
import JointVAEData
import JointVAERuns

struct ReconstructCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconstruct",
    abstract: "Show images above their reconstructions.",
    usage: "jointvae reconstruct <model> (<dataset> | <file> ...) [<options>]",
    discussion: """
      The upper half of the rows holds images of the data set, evenly spaced over it, or pictures of your own. The lower \
      half holds their reconstructions, from the means of z and the most probable categories. Pictures are prepared as the \
      images that the model learned from.

        jointvae reconstruct runs/demo shapes -o reconstructions.png
        jointvae reconstruct runs/photos cat.jpg dog.jpg
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String

  @Argument(
    help: ArgumentHelp(
      "The data set, a known name or a path; or the files of images.",
      valueName: "dataset> | <file"),
    completion: Completions.dataSets)
  var sources: [String]

  @OptionGroup
  var picture: PictureOptions

  @OptionGroup
  var terminal: ShowOption

  @Option(parsing: .unconditional, help: "How many images of the data set to show. (default: 32)")
  var count: Int?

  @Option(parsing: .unconditional, help: "Images in a row.")
  var columns = 8

  @OptionGroup(title: "Data")
  var data: DataOptions

  func validate() throws {
    try picture.validate(["png"])
    if let count { try Parsing.requirePositive(("--count", count)) }
    try Parsing.requirePositive(("--columns", columns))
    guard takesPictures else { return }
    try PictureFiles.refuse(
      data.preparation.changes,
      [
        ("--count", count != nil), ("--data", data.data != nil), ("--split", data.split != nil),
        ("--limit", data.limit != nil),
      ])
  }

  func run() throws {
    let output = picture.output ?? "\(RunFolder.name(for: model))-reconstructions.png"
    let stored = try StoredModel(model)
    let images = try images(for: stored)
    try Pictures.reconstructions(
      of: stored.model, images: images, columns: columns,
      scale: picture.scale(
        columns: min(columns, images.count), imageWidth: stored.model.imageShape.width)
    ).writePNG(to: output)
    try StandardOutput.print("\(output): images above their reconstructions")
    try terminal.draw(fileAt: output)
  }

  /// Whether the sources are files of images; the name of a data set is none, even where there is such a file.
  private var takesPictures: Bool {
    sources.count > 1
      || sources.allSatisfy { FileContent.isImage($0) && KnownDataSet.named($0) == nil }
  }

  private func images(for stored: StoredModel) throws -> ImageBatch {
    if takesPictures {
      return try PictureFiles.load(sources, for: stored, data.preparation.changes).images
    }
    let name = sources[0]
    if FileContent.isImage(name) {
      Terminal().write("\(name) is taken for the data set; for the file write ./\(name)\n")
    }
    return ImageBatch(
      evenlyFrom: try data.load(name, for: stored.model.imageShape, usual: .test),
      count: count ?? 32)
  }
}
