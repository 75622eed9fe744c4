import JointVAE
import JointVAEData
import JointVAEMetrics
import JointVAERuns
import TestSupport
import Testing

@Suite("Images of scores whose protocol asks for a number of them") struct ProtocolImagesTests {
  /// A run on a small part of a generated set, and what an evaluation of it draws besides.
  private func drawn(
    _ dataSet: String, _ change: (inout EvaluationRequest) -> Void = { _ in }
  ) throws -> (images: LabeledImages, protocolImages: LabeledImages?, training: LabeledImages) {
    try withTemporaryFolder { folder in
      var changes = SmallRun.changes(steps: 1)
      changes.imageSize = 8
      let run = try TrainingRun.begin(
        in: RunFolder("\(folder)/run"), on: dataSet, changes: changes, catalog: DataSetCatalog())
      _ = try run.train(compute: .threads(1))
      let stored = try StoredModel("\(folder)/run")
      var request = EvaluationRequest()
      request.families = [.disentanglement]
      change(&request)
      let images = try request.images(for: stored, from: DataSetCatalog())
      return (
        images,
        try request.protocolImages(beyond: images, for: stored, from: DataSetCatalog()),
        run.images
      )
    }
  }

  @Test(
    "Generated sets give 15,000, the evaluated ones first, and none that was learned from",
    arguments: ["shapes", "sprites"])
  func generated(dataSet: String) throws {
    let (images, protocolImages, training) = try drawn(dataSet)
    let more = try #require(protocolImages)
    #expect(images.count == 2_000 && more.count == 15_000)
    #expect(more.count == DisentanglementProtocol().imageCount)
    for index in [0, 7, 1999] { #expect(more.image(index) == images.image(index)) }
    #expect(more.part.hasPrefix("test") && more.imageShape == images.imageShape)
    // Combinations of factors of a continuous kind never repeat; those of sprites are dealt out once each.
    func rows(_ images: LabeledImages) -> Set<[Double]> {
      Set((0..<images.count).map { index in images.factors.map { $0.values[index] } })
    }
    #expect(rows(training).isDisjoint(with: rows(more)))
  }

  @Test("A limit, another part and scores without a protocol take the images there are")
  func others() throws {
    #expect(try drawn("shapes") { $0.limit = 100 }.protocolImages == nil)
    #expect(try drawn("shapes") { $0.part = .train }.protocolImages == nil)
    #expect(try drawn("shapes") { $0.families = [.samples] }.protocolImages == nil)
    #expect(try drawn("shapes") { $0.families = [] }.protocolImages == nil)
    #expect(try drawn("shapes") { $0.families = [.probes] }.protocolImages?.count == 15_000)
  }
}
