import ArgumentParser
import JointVAE
import JointVAERuns

struct InterpolateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolate",
    abstract: "Show the way from one picture or category to another.",
    discussion: """
      A and B are each the file of an image, or a category of the first discrete code: its name or its number. A picture \
      is prepared as the model's images were. Its code is the mean of z and the most probable categories. A category has \
      z = 0. Pictures stand above the ends of the row. A .gif goes there and back.

      A text that could mean two things is taken for the file, then for the name, then for the number, and the program \
      prints what it took. file:, class: and category: before it settle the matter.

        jointvae interpolate mnist 3 8
        jointvae interpolate mnist class:3 category:3 -o threes.png
        jointvae interpolate runs/photos cat.jpg dog.jpg -o morph.gif
      """)

  @Argument(help: ModelArgument.help, completion: Completions.models)
  var model: String

  @Argument(
    help: ArgumentHelp("An image file, or a category's name or number.", valueName: "a"),
    completion: .file())
  var start: String

  @Argument(
    help: ArgumentHelp("An image file, or a category's name or number.", valueName: "b"),
    completion: .file())
  var end: String

  @OptionGroup
  var picture: PictureOptions

  @Option(parsing: .unconditional, help: "Images from A to B, both included.")
  var count = 10

  @OptionGroup(title: "Preparation of pictures")
  var preparation: SettingOptions<PicturePreparationSettings>

  func validate() throws {
    try picture.validate(["png", "gif"])
    if count < 2 {
      throw ValidationError("--count is \(count); expected at least 2, the two ends.")
    }
  }

  func run() throws {
    let stored = try StoredModel(model)
    let ends = try [start, end].map { try read($0, stored) }
    let paths = ends.compactMap(\.path)
    let pictures =
      paths.isEmpty
      ? nil : try PictureFiles.load(paths, for: stored, preparation.changes)
    var drawing = InterpolationPicture(stored, from: ends[0], to: ends[1], pictures: pictures)
    let output = picture.output ?? "\(RunFolder.name(for: model))-interpolation.png"
    drawing.count = count
    drawing.scale = picture.scale(
      columns: output.lowercased().hasSuffix(".gif") ? 3 : count,
      imageWidth: stored.model.imageShape.width)
    try drawing.write(to: output)
    let words = ends.map(stored.words(for:))
    try StandardOutput.print("\(output): from \(words[0]) to \(words[1])")
  }

  /// The end that `text` stands for. What else it could be goes to standard error.
  private func read(_ text: String, _ stored: StoredModel) throws -> InterpolationEnd {
    let reading = try stored.end(named: text)
    for other in reading.others {
      let (kind, name) =
        if case .category(let index) = other { ("category", "\(index)") } else { ("file", text) }
      Terminal().write(
        "\(text.quoted) is taken for \(stored.words(for: reading.end)). Write \(kind):\(name) for "
          + "\(stored.words(for: other)).\n")
    }
    return reading.end
  }
}
