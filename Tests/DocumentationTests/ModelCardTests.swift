import Foundation
import JointVAE
import JointVAEFiles
import JointVAEModels
import TestSupport
import Testing

@Suite("The models that the package brings") struct ModelCardTests {
  @Test("load, are small, and say what they are", arguments: PretrainedModel.allCases)
  func load(pretrained: PretrainedModel) throws {
    let checkpoint = try pretrained.checkpoint()
    for key in ["command", "scores", "images from", "categories", "configuration", "summary"] {
      #expect(checkpoint.metadata[key]?.isEmpty == false, "\(key)")
    }
    let model = try pretrained.load()
    #expect(
      checkpoint.metadata["categories"]?.split(separator: ", ").map(\.isEmpty)
        == Array(repeating: false, count: model.latents.discrete[0]))
    #expect(model.imageShape == ImageShape(size: 32) && model.readsHalfWeights)
    guard case .aggregate(let posterior) = try pretrained.latentSource() else {
      Issue.record("\(pretrained.name) does not say how its codes lie")
      return
    }
    #expect(try model.sample(4, from: .aggregate(posterior)) != model.sample(4))
    let images = try model.sample(64, seed: 1)
    // Neither black nor gray: some pixels are ink, most are not.
    let ink = images.values.count { $0 > 0.5 }
    #expect(ink > images.values.count / 100 && ink < images.values.count * 3 / 4)
    let path =
      "\(SharedFiles.packageFolder)/Sources/CModels/\(pretrained.name).safetensors"
    let bytes = try BoundedFile.read(path, limit: 3_000_000)
    // The program holds the file as it is now, not as it was when the C compiler last looked.
    #expect(try CheckpointFile(bytes: bytes, named: path) == checkpoint)
  }

  @Test("have their cards in docs/models.md, with the same command and scores")
  func cards() throws {
    let page = try String(
      contentsOfFile: "\(SharedFiles.packageFolder)/docs/models.md", encoding: .utf8)
    for pretrained in PretrainedModel.allCases {
      let metadata = try pretrained.checkpoint().metadata
      for key in ["command", "scores", "images from", "categories"] {
        let note = try #require(metadata[key])
        #expect(page.contains(note), "\(pretrained.name): \(note)")
      }
      #expect(page.contains("images/models/\(pretrained.name).png"))
    }
  }
}
