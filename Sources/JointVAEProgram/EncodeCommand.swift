import ArgumentParser
import JointVAE
import JointVAERuns

struct EncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Write the codes of a data set's images, for other programs.",
    discussion: """
      An .npz file holds arrays that numpy.load reads: mean and log_variance of z; for each discrete variable i \
      probabilities.i and category.i; label, class_names, category_names and factor.NAME where they are known. With \
      --pixels it also holds the images as they were encoded, as bytes. A .csv file holds the codes as a table with a row for \
      each image.

        jointvae encode runs/demo shapes
        jointvae encode mnist mnist -o codes.npz --split test
        jointvae encode runs/demo shapes -o codes.csv --limit 100
        jointvae encode shapes shapes -o images.npz --limit 100 --pixels
      """)

  @Argument(help: ModelArgument.help)
  var model: String

  @Argument(help: "The data set: a known name or a path.")
  var dataset: String

  @Option(
    name: .shortAndLong,
    help: "The file to write, .npz or .csv. (default: named after the model, in this folder)")
  var output: String?

  @Flag(help: "Write the images to the .npz file, too, for methods that start from pixels.")
  var pixels = false

  @Option(parsing: .unconditional, help: "Threads. (default: one a core)")
  var threads: Int?

  @OptionGroup(title: "Data")
  var data: DataOptions

  func validate() throws {
    if let output { try Parsing.requireExtension(["npz", "csv"], of: output) }
    if pixels, output?.lowercased().hasSuffix(".csv") == true {
      throw ValidationError("--pixels needs an .npz file; a table holds codes alone.")
    }
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
  }

  func run() throws {
    let output = output ?? "\(RunFolder.name(for: model))-codes.npz"
    let stored = try StoredModel(model)
    let images = try data.load(dataset, for: stored.model.imageShape, usual: .train)
    try EncodedDataSet(images, by: stored, compute: Environment.compute(threads: threads))
      .write(to: output, withPixels: pixels)
    try StandardOutput.print("\(output): the codes of \(images.count) images (\(images.part))")
  }
}
