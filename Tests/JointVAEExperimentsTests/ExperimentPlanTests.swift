import JointVAE
import JointVAEExperiments
import JointVAEFiles
import TestSupport
import Testing

/// The runs that an experiment makes.
@Suite("Plans") struct ExperimentPlanTests {
  @Test("Axes make every combination, in order, and folders are named by their settings")
  func grid() throws {
    let plan = try plan(
      """
      base: {dataset: shapes}
      axes:
        discrete: [4, [40, 28, 14, 1], none]
        loss: [bce, {cauchy: 0.5}]
      seeds: [1, 7]
      """)
    #expect(
      plan.runs.map(\.name) == [
        "discrete-4_loss-bce_seed-1", "discrete-4_loss-bce_seed-7",
        "discrete-4_loss-cauchy-0.5_seed-1", "discrete-4_loss-cauchy-0.5_seed-7",
        "discrete-40-28-14-1_loss-bce_seed-1", "discrete-40-28-14-1_loss-bce_seed-7",
        "discrete-40-28-14-1_loss-cauchy-0.5_seed-1", "discrete-40-28-14-1_loss-cauchy-0.5_seed-7",
        "discrete-none_loss-bce_seed-1", "discrete-none_loss-bce_seed-7",
        "discrete-none_loss-cauchy-0.5_seed-1", "discrete-none_loss-cauchy-0.5_seed-7",
      ])
    #expect(plan.groups.map(\.name).count == 6)
    #expect(plan.groups[1].name == "discrete-4_loss-cauchy-0.5")
    #expect(plan.groups[1].runs.map(\.seed) == [1, 7])
    #expect(plan.runs[7].changes.discrete == [40, 28, 14, 1])
    #expect(plan.runs[7].changes.loss == .cauchy(scale: 0.5))
    #expect(plan.runs[7].changes.seed == 7)
  }

  @Test("Seeds that are given take the place of those that the file lists, of the quick ones too")
  func givenSeeds() throws {
    let text = """
      base: {dataset: shapes}
      axes: {discrete: [2, 4]}
      seeds: [1, 2]
      quick: {seeds: [3]}
      """
    for isQuick in [false, true] {
      let plan = try plan(text, isQuick: isQuick, seeds: [9, 1])
      #expect(
        plan.runs.map(\.name) == [
          "discrete-2_seed-9", "discrete-2_seed-1", "discrete-4_seed-9", "discrete-4_seed-1",
        ])
      #expect(plan.runs.map(\.changes.seed) == [9, 1, 9, 1])
    }
  }

  @Test("Named runs take every combination of the axes, and change the base")
  func named() throws {
    let plan = try plan(
      """
      base: {dataset: shapes, continuous: 3}
      runs:
        - name: few
        - {name: many, continuous: 9, dataset: glyphs}
      axes: {seed: [2], discrete: [2, 3]}
      """)
    #expect(
      plan.runs.map(\.name) == [
        "few_discrete-2_seed-2", "few_discrete-3_seed-2", "many_discrete-2_seed-2",
        "many_discrete-3_seed-2",
      ])
    #expect(plan.runs.map(\.changes.continuous) == [3, 3, 9, 9])
    #expect(plan.runs.map(\.dataSet) == ["shapes", "shapes", "glyphs", "glyphs"])
  }

  @Test("An experiment without axes and runs is one run a seed")
  func single() throws {
    let plan = try plan("base: {dataset: shapes}\n")
    #expect(plan.runs.map(\.name) == ["seed-1"])
    #expect(plan.groups.map(\.name) == ["all"])
  }

  @Test("The quick version changes settings of the base and of named runs, and the seeds")
  func quick() throws {
    let text = """
      base: {dataset: shapes, epochs: 50}
      runs:
        - {name: a, limit: 5000}
        - {name: b, continuous: 2}
      seeds: [1, 2, 3]
      quick: {steps: 20, limit: 100, seeds: [4]}
      """
    let quick = try plan(text, isQuick: true)
    #expect(quick.runs.map(\.name) == ["a_seed-4", "b_seed-4"])
    #expect(quick.runs.map(\.changes.length) == [.steps(20), .steps(20)])
    #expect(quick.runs.map(\.changes.limit) == [100, 100])
    let full = try plan(text)
    #expect(full.runs.count == 6)
    #expect(full.runs[0].changes.length == .epochs(50))
    #expect(full.runs.map(\.changes.limit) == [5000, 5000, 5000, nil, nil, nil])
  }

  @Test("Names are safe and short whatever the values, and the same each time")
  func safeNames() throws {
    let long = String(repeating: "../long\u{e9} name", count: 20)
    let text = "axes:\n  dataset: [\"/tmp/a b\", \"\(long)\", \"\u{e9}\"]\n"
    let names = try plan(text).runs.map(\.name)
    #expect(names[0] == "dataset-tmp-a-b_seed-1")
    #expect(names.allSatisfy { $0.utf8.count < 120 && $0.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil })
    #expect(try plan(text).runs.map(\.name) == names)
    #expect(Set(names).count == 3)
  }

  @Test("Values whose folders would have the same name are refused")
  func sameNames() throws {
    try expectProblem(
      "axes:\n  dataset: [a/b, a b]\n",
      "has two runs that would both be called dataset-a-b_seed-1: dataset a/b, seed 1 and "
        + "dataset a b, seed 1; give them names under runs")
  }

  @Test("More than 10,000 runs are refused, more than 200 are asked about")
  func bounds() throws {
    let hundred = (1...100).map(String.init).joined(separator: ", ")
    let text = "base: {dataset: shapes}\naxes:\n  discrete: [\(hundred)]\n"
    try expectProblem(
      text + "  continuous: [\(hundred)]\nseeds: [1, 2]\n",
      "makes more than 10000 runs (2 x 100 x 100); leave values out")
    let many = try plan(text + "  temperature: [0.5, 1, 2]\n")
    let error = #expect(throws: FileError.self) { try many.requireUsualSize(isConfirmed: false) }
    #expect(
      error?.problem == "makes 300 runs" && error?.remedy == .confirm)
    try many.requireUsualSize(isConfirmed: true)
    try plan(text + "  temperature: [0.5, 1]\n").requireUsualSize(isConfirmed: false)
    // A product beyond Int is refused as well.
    let names = [
      "discrete", "continuous", "limit", "batch-size", "log-every", "checkpoint-every",
      "shuffle-seed", "epochs",
    ]
    let thousand = (1...999).map(String.init).joined(separator: ", ")
    let axes = names.map { "  \($0): [\(thousand)]\n" }.joined()
    #expect(throws: FileError.self) { try plan("base: {dataset: shapes}\naxes:\n" + axes) }
  }
}
