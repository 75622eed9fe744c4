import Foundation
import JointVAEExperiments
import TestSupport
import Testing

/// The files under Experiments/.
@Suite("Shipped experiments") struct ShippedExperimentTests {
  static let folder = "\(SharedFiles.packageFolder)/Experiments"
  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()
  /// Those that measure recipes and models over five seeds; the others compare settings over three.
  static let studies = [
    "family-shapes.yaml", "family-sprites.yaml", "recipe-mnist.yaml", "recipe-sets.yaml",
  ]

  @Test("Each can be planned, quick and full, and says what it compares", arguments: names)
  func valid(name: String) throws {
    let experiment = try Experiment(contentsOf: "\(Self.folder)/\(name)")
    #expect(experiment.title != experiment.name)
    #expect(experiment.description != nil)
    let full = try ExperimentPlan(experiment)
    let quick = try ExperimentPlan(experiment, isQuick: true)
    #expect(Set(full.groups.map(\.name)) == Set(quick.groups.map(\.name)))
    #expect(full.runs.count == (Self.studies.contains(name) ? 5 : 3) * quick.runs.count)
    // The family is compared after fewer steps than those.
    let steps = name.hasPrefix("family") ? 1000 : 3500
    #expect(quick.runs.allSatisfy { $0.changes.length == .steps(steps) })
  }

  @Test("All comparisons are there, and their quick versions are few enough steps for 25 minutes")
  func complete() throws {
    let comparisons = Self.names.filter { !Self.studies.contains($0) }
    #expect(comparisons.count == 16 && Self.names.count == 20)
    let runs = try comparisons.flatMap {
      try ExperimentPlan(Experiment(contentsOf: "\(Self.folder)/\($0)"), isQuick: true).runs
    }
    // A step takes some 5 ms on two cores, pictures and measuring some seconds a run.
    #expect(runs.count * 3500 <= 220_000)
  }

  @Test("docs/experiments.md names each of them")
  func documented() throws {
    let page = try String(
      contentsOfFile: "\(SharedFiles.packageFolder)/docs/experiments.md", encoding: .utf8)
    for name in Self.names { #expect(page.contains("Experiments/\(name)"), "\(name)") }
  }
}
