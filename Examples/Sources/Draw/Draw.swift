import Foundation
import JointVAE
import JointVAEImages
import JointVAEModels
import JointVAEPictures

/// Draws digits of one category: `swift run Draw 3 threes.png`.
@main
struct Draw {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 2, let category = words.first.flatMap({ Int($0) }), let path = words.last
    else {
      FileHandle.standardError.write(Data("usage: Draw CATEGORY FILE.png\n".utf8))
      exit(64)
    }
    let model = try PretrainedModel.mnist.load()
    // A category that the model lacks throws an error that names it.
    try Pictures.samples(of: model, count: 32, fixing: [.category(category)], scale: 3)
      .writePNG(to: path)
    print(path)
  }
}
