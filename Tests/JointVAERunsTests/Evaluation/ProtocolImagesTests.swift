import JointVAE
import JointVAEData
import JointVAEMetrics
import JointVAERuns
import TestSupport
import Testing

@Suite("Images of scores whose protocol asks for a number of them") struct ProtocolImagesTests {
  /// A run on a small part of a generated set, and the images that it learns from.
  private func run(
    _ dataSet: String, _ body: (StoredModel, LabeledImages) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      var changes = SmallRun.changes(steps: 1)
      changes.imageSize = 8
      let run = try TrainingRun.begin(
        in: RunFolder("\(folder)/run"), on: dataSet, changes: changes, catalog: DataSetCatalog())
      _ = try run.train(compute: .threads(1))
      try body(try StoredModel("\(folder)/run"), run.images)
    }
  }

  @Test(
    "Generated sets give 15,000, the evaluated ones first, and none that was learned from",
    arguments: ["shapes", "sprites"])
  func generated(dataSet: String) throws {
    try run(dataSet) { stored, training in
      var request = EvaluationRequest()
      request.families = [.disentanglement]
      let images = try request.images(for: stored, from: DataSetCatalog())
      let more = try #require(
        try request.protocolImages(beyond: images, for: stored, from: DataSetCatalog()))
      #expect(images.count == 2_000 && more.count == 15_000)
      #expect(more.count == DisentanglementProtocol().imageCount)
      for index in [0, 7, 1999] { #expect(more.image(index) == images.image(index)) }
      #expect(more.part.hasPrefix("test") && more.imageShape == images.imageShape)
      // Numbers of a continuous kind never repeat; sprites are dealt out once each.
      let values = more.factors.map(\.values)
      for index in 0..<training.count {
        let own = training.factors.map { $0.values[index] }
        let isThere = (0..<more.count).contains { place in
          values[1][place] == own[1] && own.indices.allSatisfy { values[$0][place] == own[$0] }
        }
        #expect(!isThere)
      }
    }
  }

  @Test("A limit, another part and scores without a protocol take the images there are")
  func others() throws {
    try run("shapes") { stored, training in
      let changes: [(inout EvaluationRequest) -> Void] = [
        { $0.limit = 100 }, { $0.part = .train }, { $0.families = [.samples] },
        { $0.families = [] },
      ]
      for change in changes {
        var request = EvaluationRequest()
        request.families = [.disentanglement, .probes]
        change(&request)
        let more = try request.protocolImages(
          beyond: training, for: stored, from: DataSetCatalog())
        #expect(more == nil)
      }
    }
  }
}
