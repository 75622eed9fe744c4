import Foundation
import JointVAEFiles
import TestSupport
import Testing

/// Whole experiments through the program; one after the other, since each uses all cores.
@Suite(.serialized)
struct ExperimentTests {
  /// Six runs of a second or so: two axes and a seed, written letters that need no files.
  static let file = """
    title: Small
    base:
      dataset: glyphs
      image-size: 16
      limit: 200
      batch-size: 8
      continuous: 2
      checkpoint-every: 50
      steps: 400
    axes:
      discrete: [2, 4, 6]
      loss: [bce, mse]
    quick: {steps: 4}
    evaluate: {limit: 50}
    """

  private func withExperiment(
    _ text: String = file, _ body: (Program) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: "\(folder)/small.yaml")
      try body(Program(in: folder))
    }
  }

  @Test(
    "An experiment that is stopped says how to go on, goes on, repeats nothing and ends with the same models",
    arguments: [1, 2])
  func stopped(jobs: Int) throws {
    try withExperiment { program in
      let call = TrainTests.call("experiment run small.yaml --threads 2 --jobs \(jobs)")
      let running = try program.start(call)
      #expect(running.wait { running.standardError.contains("loss-bce_seed-1: finished in ") })
      usleep(100_000)
      running.send(SIGTERM)
      let first = running.waitForEnd()
      #expect(first.exitCode == 128 + SIGTERM)
      let stops = first.standardError.matches(
        of: /\] (?<name>\S+): stopped after step (?<step>\d+)\n/)
      #expect((1...jobs).contains(stops.count))
      let last = try #require(first.standardOutput.split(separator: "\n").last)
      #expect(
        last.contains(
          " of 6 runs finished; stopped, continue with: jointvae experiment run small.yaml"))
      let finished = first.standardError.matches(of: #/\] (?<name>\S+): finished in /#)
      let models = try finished.map { try modificationDate(of: String($0.name), in: program) }

      let second = try program.run(call)
      #expect(second.exitCode == 0, "\(second.standardError)")
      for stop in stops {
        // A signal may come before the first step of a run.
        let start = stop.step == "0" ? "begins" : "goes on from step \(stop.step)"
        #expect(second.standardError.contains("] \(stop.name): \(start)\n"))
      }
      for (match, date) in zip(finished, models) {
        #expect(second.standardError.contains("] \(match.name): finished before\n"))
        #expect(try modificationDate(of: String(match.name), in: program) == date)
      }
      #expect(second.standardOutput.hasSuffix("\nruns/small: 6 of 6 runs finished\n"))
      let files = try fileNames(in: "\(program.folder)/runs/small")
      #expect(files.contains("report.html") && files.contains("accuracy.svg"))
      #expect(files.contains("scores.svg"))
      try expectSameAsWhole(program, stops.map { String($0.name) })
    }
  }

  @Test("A signal stops every run that is being trained, not only the first to see it")
  func allStop() throws {
    try withExperiment(Self.file.replacing("steps: 400", with: "steps: 1000000")) { program in
      let call = "experiment run small.yaml --jobs 2 --threads 2"
      let running = try program.start(TrainTests.call(call))
      let folder = "\(program.folder)/runs/small"
      let names = ["discrete-2_loss-bce_seed-1", "discrete-2_loss-mse_seed-1"]
      #expect(
        running.wait {
          names.allSatisfy {
            FileManager.default.fileExists(atPath: "\(folder)/\($0)/checkpoints/state.safetensors")
          }
        })
      running.send(SIGTERM)
      #expect(running.wait { !running.process.isRunning })
      if running.process.isRunning { running.send(SIGKILL) }
      let output = running.waitForEnd()
      #expect(output.exitCode == 128 + SIGTERM)
      for name in names { #expect(output.standardError.contains("] \(name): stopped after step ")) }
      #expect(
        output.standardOutput.hasSuffix(
          "runs/small: 0 of 6 runs finished; stopped, continue with: jointvae \(call)\n"
            .replacing(" --threads 2", with: "")))
    }
  }

  private func modificationDate(of run: String, in program: Program) throws -> Date? {
    let path = "\(program.folder)/runs/small/\(run)/model.safetensors"
    return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  /// Compares runs that were stopped with those of an experiment that was not.
  private func expectSameAsWhole(_ program: Program, _ runs: [String]) throws {
    let whole = try program.run("experiment", "run", "small.yaml", "--out", "whole", "--jobs", "2")
    #expect(whole.exitCode == 0)
    for run in runs {
      for name in ["model.safetensors", "checkpoints/state.safetensors", "training.gif"] {
        let files = ["runs/small", "whole"].map {
          FileManager.default.contents(atPath: "\(program.folder)/\($0)/\(run)/\(name)")
        }
        #expect(files[0] != nil && files[0] == files[1], "\(run)/\(name)")
      }
    }
  }

  @Test("A dry run prints the runs and an estimate, and writes nothing")
  func dryRun() throws {
    try withExperiment { program in
      let output = try program.run(
        "experiment", "run", "small.yaml", "--dry-run", "--quick", "--jobs", "2", "--threads", "2")
      #expect(output.exitCode == 0)
      #expect(output.standardError == "")
      let lines = output.standardOutput.split(separator: "\n")
      #expect(lines.count == 8)
      #expect(lines[1].contains(/^discrete-2_loss-bce_seed-1  new    4 steps  \d:\d\d$/))
      #expect(lines[7].contains(/^6 runs, 2 at once: about \d:\d\d of training$/))
      #expect(try fileNames(in: program.folder) == ["small.yaml"])
    }
  }

  @Test("The quick version has a folder of its own; its table has a line a setting")
  func quick() throws {
    try withExperiment { program in
      let output = try program.run("experiment", "run", "small.yaml", "--quick", "--jobs", "2")
      #expect(output.exitCode == 0)
      let lines = output.standardOutput.split(separator: "\n")
      #expect(lines.count == 16)
      #expect(lines[0].hasPrefix("setting              runs  accuracy  one to one"))
      #expect(lines[1].hasPrefix("discrete-2_loss-bce  1     0."))
      #expect(lines[7].contains(/^setting +training$/))
      #expect(lines[8].contains(/^discrete-2_loss-bce +\d:\d\d$/))
      #expect(lines[14].hasPrefix("Time that a run trained, by its log. "))
      #expect(lines[15] == "runs/small-quick: 6 of 6 runs finished")

      // A log that was damaged takes nothing from what was measured.
      let log = "\(program.folder)/runs/small-quick/discrete-2_loss-bce_seed-1/metrics.csv"
      try AtomicFile.write("step,seconds\n4,soon\n", to: log)
      let again = try program.run("experiment", "run", "small.yaml", "--quick", "--jobs", "2")
      #expect(again.exitCode == 0)
      #expect(
        again.standardError.contains(
          /times: runs\/small-quick\/discrete-2_loss-bce_seed-1\/metrics.csv/))
      #expect(
        again.standardOutput.split(separator: "\n") == lines.prefix(7) + lines.suffix(1))
    }
  }

  @Test("Criteria are compared of the runs that are there, and need three seeds of a setting")
  func criteria() throws {
    let text = """
      base: {dataset: shapes, image-size: 16, limit: 40, batch-size: 8, continuous: 2, discrete: 2, steps: 8}
      seeds: [1, 2, 3]
      evaluate: {limit: 20}
      """
    try withExperiment(text) { program in
      try program.fails(
        "experiment criteria small.yaml",
        "runs/small: has no setting of which 3 seeds are trained and measured, which is what there is to compare; train the "
          + "experiment first")
      #expect(try fileNames(in: program.folder) == ["small.yaml"])
      #expect(try program.run("experiment", "run", "small.yaml").exitCode == 0)
      let output = try program.run("experiment", "criteria", "small.yaml")
      #expect(output.exitCode == 0)
      #expect(output.standardOutput.hasPrefix("Chosen by the loss"))
      #expect(output.standardOutput.contains("\nChosen by the agreement of their categories"))
      #expect(
        output.standardOutput.contains(
          "\n3 of 3 runs are trained and measured; 1 of 1 settings have 3 or more of them.\n"))
      #expect(output.standardOutput.hasSuffix("code carries nothing come last.\n"))
    }
  }

  @Test("A data set that is not there fails its runs, with exit code 1 and a report of the others")
  func missingData() throws {
    let text = """
      base: {image-size: 16, limit: 40, batch-size: 8, continuous: 2, discrete: 2, steps: 4}
      axes: {dataset: [four-shapes, shapes]}
      """
    try withExperiment(text) { program in
      let output = try program.run("experiment", "run", "small.yaml")
      #expect(output.exitCode == 1)
      #expect(
        output.standardError.contains(
          "dataset-four-shapes_seed-1: failed: four-shapes: was not found; "))
      #expect(
        output.standardOutput.hasSuffix("runs/small: 1 of 2 runs finished, 1 failed\n"))
    }
  }

  @Test("Mistakes end with a sentence before anything is written")
  func mistakes() throws {
    let many = (1...201).map(String.init).joined(separator: ", ")
    try withExperiment("base: {dataset: shapes}\naxes: {discrete: [\(many)]}\n") { program in
      try program.fails(
        "experiment run small.yaml",
        "small.yaml: makes 201 runs; look at them with --dry-run, and begin them with --yes")
      try program.fails(
        "experiment run none.yaml", "none.yaml: cannot be opened: No such file or directory")
      try AtomicFile.write("base:\n  dataset: shapes\n  epoch: 3\n", to: "\(program.folder)/b.yaml")
      let output = try program.run("experiment", "run", "b.yaml")
      #expect(
        output.standardError.hasPrefix(
          "Error: b.yaml: line 3, column 3: base.epoch is no key that is known here; did you mean "
            + "epochs? Known are dataset, "))
      #expect(output.exitCode == 1)
      #expect(try fileNames(in: program.folder) == ["b.yaml", "small.yaml"])
      let jobs = try program.run("experiment", "run", "small.yaml", "--jobs", "0")
      #expect(jobs.exitCode == 64)
      #expect(jobs.standardError.hasPrefix("Error: --jobs is 0; expected at least 1.\n"))
    }
  }
}
