import Foundation
import JointVAE
import JointVAEImages
import JointVAEModels

/// Draws shapes from a trained model: the first picture of `make demo`, before the program is built.
///
/// It needs a third of the package. A row of the picture is a category that the model found without labels.
@main
struct FirstLook {
  static func main() {
    guard CommandLine.arguments.count == 2, let path = CommandLine.arguments.last else {
      FileHandle.standardError.write(Data("usage: FirstLook FILE.png\n".utf8))
      exit(64)
    }
    do {
      let model = try PretrainedModel.shapes.load()
      let source = try PretrainedModel.shapes.latentSource()
      let categories = model.latents.discrete.first ?? 1
      let images = try (0..<categories).flatMap { category in
        let batch = try model.sample(columns, from: source, fixing: [.category(category)])
        return (0..<columns).map { index in
          Image(
            width: batch.shape.width, height: batch.shape.height, channels: batch.shape.channels,
            pixels: batch.bytes(of: index))
        }
      }
      try ImageGrid(columns: columns, scale: 3).picture(of: images).writePNG(to: path)
    } catch {
      FileHandle.standardError.write(Data("FirstLook: \(error)\n".utf8))
      exit(1)
    }
  }

  private static let columns = 8
}
