import ArgumentParser

/// Where a picture goes, and how large it is.
struct PictureOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "The file to write. (default: named after the model, in this folder)")
  var output: String?

  @Option(
    parsing: .unconditional,
    help: "Pixels a side that each pixel becomes. (default: for a picture 800 pixels wide)")
  var scale: Int?

  /// - Parameter extensions: those that the file's name may end in.
  func validate(_ extensions: [String]) throws {
    if let output { try Parsing.requireExtension(extensions, of: output) }
    if let scale { try Parsing.requirePositive(("--scale", scale)) }
  }

  /// The scale asked for, or one that makes a row of images about 800 pixels wide.
  ///
  /// - Parameters:
  ///   - columns: images in a row.
  ///   - imageWidth: pixels of an image's row.
  func scale(columns: Int, imageWidth: Int) -> Int {
    scale ?? max(1, Int((800 / Double(max(1, columns) * (imageWidth + 2))).rounded()))
  }
}
