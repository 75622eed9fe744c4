import Foundation
import JointVAE
import JointVAEMetrics
import Testing

/// The share of images whose most probable category is that of their label; nil without labels.
private struct OwnScore: ModelScore {
  let name = "own score"
  var value: Double?

  func value(of images: ScoredImages) throws -> Double? {
    guard value == nil else { return value }
    guard let labels = images.labels else { return nil }
    #expect(images.classNames == ["a", "b", "c", "odd"])
    #expect(images.reconstructionLosses.count == labels.count && images.factors == nil)
    let hits = labels.indices.count {
      images.encoding.mostProbableCategory(of: $0, variable: 1) == labels[$0]
    }
    return Double(hits) / Double(labels.count)
  }
}

@Suite("A program's own score") struct ModelScoreTests {
  private func evaluation(_ scores: [any ModelScore]) throws -> Evaluation {
    var options = EvaluationOptions()
    options.scores = scores
    return try EvaluationTests.evaluation(options)
  }

  @Test("is in the evaluation, its text, its JSON and the summary of seeds")
  func shown() throws {
    let evaluation = try evaluation([OwnScore()])
    // One label in ten is none of c1's categories.
    #expect(evaluation.scores == [NamedScore(name: "own score", value: 0.9, preference: .larger)])
    #expect(evaluation.text.contains(/\nown score +0\.9000\n/))
    let read = try JSONDecoder().decode(Evaluation.self, from: Data(evaluation.json().utf8))
    #expect(read == evaluation)
    let summary = try SeedSummary([evaluation, try self.evaluation([OwnScore(value: 0.5)])])
    #expect(summary["own score"]?.mean == 0.7 && summary["own score"]?.best == 0.9)
  }

  @Test("is left out where it does not apply, and where there is none")
  func absent() throws {
    let model = try EvaluationTests.model()
    var options = EvaluationOptions()
    options.scores = [OwnScore()]
    #expect(try model.evaluate(on: EvaluationTests.images, options: options).scores == nil)
    #expect(try evaluation([]).scores == nil)
    #expect(try !evaluation([]).json().contains("scores"))
  }

  @Test("that is no number is an error by name")
  func notFinite() throws {
    #expect(throws: MetricError.notFinite(score: "own score")) {
      try evaluation([OwnScore(value: .nan)])
    }
  }
}
