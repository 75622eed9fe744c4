import JointVAEMetrics
import Testing

@Suite("The name of a study stands for its numbers of images") struct ProtocolCountTests {
  /// A result of MIG on this many images with a factor each.
  private func result(_ images: Int, training: Int = 10_000) throws -> ScoreResult {
    var counts = DisentanglementProtocol()
    counts.trainingImages = training
    let labels = try FactorLabels(
      names: ["a", "b"], sizes: [2, 3], values: (0..<images).flatMap { [$0 % 2, $0 % 3] })
    let table = try FactorTable(
      representation: Representation(
        columns: [.init(name: "z0")], values: (0..<images).map { Double($0 % 2) }), labels: labels)
    let code = try #require(try counts.forms(of: table).first)
    let score = try #require(counts.scores.first { $0.name == "mig/locatello" })
    return try #require(try score.result(for: code))
  }

  @Test("15,000 images give 10,000 for training and the study's name")
  func complete() throws {
    let score = try result(15_000)
    #expect(score.protocol == "mig/locatello" && score.title == "MIG")
    #expect(score.counts["images"] == 10_000)
    #expect(try result(20_000).counts["images"] == 10_000)
  }

  @Test("Fewer are divided in proportion, and the name says so with the counts")
  func reduced() throws {
    let score = try result(2_000)
    #expect(score.protocol == "mig/locatello reduced (1333 + 667 images)")
    #expect(score.title == "MIG reduced" && score.counts["images"] == 1_333)
    #expect(score.key == score.protocol && score.name == "mig")
    // One image too few, and counts of one's own, are reduced as well.
    #expect(try result(14_999).protocol == "mig/locatello reduced (9999 + 5000 images)")
    #expect(
      try result(15_000, training: 9_000).protocol == "mig/locatello reduced (9000 + 5000 images)")
  }
}
