import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import JointVAEPictures

/// The files of TensorBoard's projector: the codes of images as points, with their labels and small pictures.
enum Projector {
  /// Points.
  private static let imageLimit = 1000
  /// Pixels of a side of the picture of all images that TensorBoard takes.
  private static let spriteSide = 8192

  /// Writes the codes of some of `images`: the means of z, then alpha.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - images: the images, with labels where they have some.
  ///   - folder: where the event files are.
  /// - Throws: `FileError` when a file cannot be written; `ModelError` for images of another shape.
  static func write(_ model: JointVAEModel, _ images: LabeledImages, to folder: String) throws {
    guard let tile = ImageBatch(images, at: [0]).images.first else { return }
    let columns = spriteSide / max(tile.width, tile.height)
    let count = min(imageLimit, images.count, columns * columns)
    let places = ImageBatch.places(count, spreadOver: images.count)
    let batch = ImageBatch(images, at: places)
    let encoding = try model.encode(batch)
    try AtomicFile.write(codes(encoding), to: "\(folder)/codes.tsv")
    try AtomicFile.write(labels(encoding, images, places), to: "\(folder)/labels.tsv")
    let side = Int(Double(count).squareRoot().rounded(.up))
    try ImageGrid(columns: side, padding: 0).picture(of: batch.images)
      .writePNG(to: "\(folder)/sprite.png")
    // Last, as TensorBoard looks for it to find the others.
    try AtomicFile.write(
      """
      embeddings {
        tensor_name: "codes"
        tensor_path: "codes.tsv"
        metadata_path: "labels.tsv"
        sprite {
          image_path: "sprite.png"
          single_image_dim: \(tile.width)
          single_image_dim: \(tile.height)
        }
      }

      """, to: "\(folder)/\(configurationName)")
  }

  /// The names of all its files.
  static let names = ["codes.tsv", "labels.tsv", "sprite.png", configurationName]
  private static let configurationName = "projector_config.pbtxt"

  private static func codes(_ encoding: Encoding) -> String {
    (0..<encoding.count).map { image in
      let d = encoding.latents.continuous
      var numbers = Array(encoding.mean[image * d..<(image + 1) * d])
      for (count, alphas) in zip(encoding.latents.discrete, encoding.probabilities) {
        numbers += alphas[image * count..<(image + 1) * count]
      }
      return numbers.map { "\($0)" }.joined(separator: "\t") + "\n"
    }.joined()
  }

  /// A table with a header: the class, the most probable categories, and the image's number.
  private static func labels(
    _ encoding: Encoding, _ images: LabeledImages, _ places: [Int]
  ) -> String {
    let variables = encoding.latents.discrete.indices
    let header = (images.labels == nil ? [] : ["class"]) + variables.map { "c\($0)" } + ["image"]
    let rows = places.enumerated().map { image, place in
      var fields = images.labels.map { [word(images.classNames[$0[place]])] } ?? []
      fields += variables.map { "\(encoding.mostProbableCategory(of: image, variable: $0))" }
      return fields + ["\(place)"]
    }
    // A table of one column has no header in TensorBoard.
    let lines = header.count == 1 ? rows : [header] + rows
    return lines.map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  /// A name without what parts the fields.
  private static func word(_ name: String) -> String {
    String(name.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }
}
