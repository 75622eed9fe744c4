import ArgumentParser
import JointVAEData

/// What becomes of a data set's images on their way to the model.
struct PreparationOptions: ParsableArguments {
  @Flag(help: "Make the images gray.")
  var gray = false

  @Flag(help: "Make the images colored. (default: what the files are)")
  var rgb = false

  @Option(
    help: ArgumentHelp(
      "What is done to images that are not square: crop, pad or stretch. (default: crop)",
      valueName: "how"))
  var fit: ImagePreparation.Fit?

  @Option(
    help: ArgumentHelp(
      "Exchange light and dark: on, off, or auto for gray images with light borders. (default: auto)",
      valueName: "when"))
  var invert: ImagePreparation.Inversion?

  @Option(
    help: ArgumentHelp(
      "Take these classes only, numbered in this order.", valueName: "name,..."),
    transform: { $0.split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init) })
  var classes: [String]?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Shuffle the images before --limit counts them.", valueName: "seed"))
  var shuffleSeed: UInt64?

  @Option(
    help: ArgumentHelp(
      "The label column of a CSV file: its name, its number from 1, first, last or none. (default: "
        + "the one called label, or the first)", valueName: "column"))
  var labelColumn: String?

  @Flag(help: "Stop at an image that cannot be read, instead of leaving it out.")
  var strict = false

  func validate() throws {
    if gray && rgb {
      throw ValidationError("--gray and --rgb contradict each other; give one of them.")
    }
  }

  /// What was given.
  var changes: DataSetChanges {
    var changes = DataSetChanges()
    changes.color = gray ? .gray : rgb ? .rgb : nil
    changes.fit = fit
    changes.inversion = invert
    changes.classes = classes
    changes.shuffleSeed = shuffleSeed
    changes.labelColumn = labelColumn
    changes.isStrict = strict ? true : nil
    return changes
  }
}

extension ImagePreparation.Fit: ExpressibleByArgument {}
extension ImagePreparation.Inversion: ExpressibleByArgument {}
