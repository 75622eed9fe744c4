import Foundation
import JointVAE
import TestSupport
import Testing

@Suite("Labels that sure images give their twins")
struct SelfLabelsTests {
  private func configuration(_ labels: SelfLabels?) -> TrainingConfiguration {
    smallConfiguration {
      $0.pairing = Pairing(selfLabels: labels)
      $0.length = .epochs(2)
    }
  }

  private func bytes(_ labels: SelfLabels?) throws -> [UInt8] {
    let trainer = try Trainer(configuration: configuration(labels))
    try trainer.train(on: NoiseImages(count: 29))
    return try savedBytes(trainer.model)
  }

  @Test("count from their step on, and only where an image is sure")
  func when() throws {
    let none = try bytes(nil)
    // Sixteen steps: labels that begin later, or that nothing is sure enough for, change no bit.
    #expect(try bytes(SelfLabels(weight: 10, step: 16, threshold: 0)) == none)
    #expect(try bytes(SelfLabels(weight: 10, step: 0, threshold: 0.999_999)) == none)
    #expect(try bytes(SelfLabels(weight: 10, step: 15, threshold: 0)) != none)
    #expect(try bytes(SelfLabels(weight: 10, step: 0, threshold: 0)) != none)
  }

  @Test("have a column of their own in logs, in nats a pair")
  func column() throws {
    let trainer = try Trainer(
      configuration: configuration(SelfLabels(weight: 10, step: 3, threshold: 0)))
    #expect(trainer.objective.terms.map(\.name).last == "self_labels")
    var values: [Double] = []
    try trainer.train(on: NoiseImages(count: 29)) { event in
      if case .step(let report) = event {
        values.append(report.terms.measurements.last?.value ?? 0)
      }
      return .proceed
    }
    // Untrained, every category is as likely as any other.
    let categories = Double(trainer.configuration.latents.discrete[0])
    #expect(abs(values[0] - log(categories)) < 0.2, "\(values)")
  }

  @Test("stay out of settings that have none")
  func settings() throws {
    let text = String(decoding: try JSONEncoder().encode(configuration(nil)), as: UTF8.self)
    #expect(!text.contains("selfLabels"))
  }

  @Test("refuse what cannot be, naming it")
  func refusals() {
    func error(_ labels: SelfLabels) -> String? {
      #expect(throws: ConfigurationError.self) { try configuration(labels).validate() }?
        .description
    }
    #expect(error(SelfLabels(weight: -1, step: 0))?.contains("self-label weight") == true)
    #expect(error(SelfLabels(weight: 1, step: -1))?.contains("step of self-labels") == true)
    #expect(error(SelfLabels(weight: 1, step: 0, threshold: 1))?.contains("below 1") == true)
  }
}
