import Foundation
import JointVAEFiles
import TestSupport
import Testing

/// Experiments in parts: single runs, and job arrays. The scripts are run with a stand-in for Slurm's sbatch.
@Suite(.serialized)
struct ExperimentScriptTests {
  private static let file = """
    base: {dataset: glyphs, image-size: 16, limit: 60, batch-size: 8, continuous: 2, steps: 10}
    axes: {discrete: [2, 3, 4]}
    evaluate: {limit: 50}
    """

  private func withExperiment(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Self.file, to: "\(folder)/small.yaml")
      try body(Program(in: folder))
    }
  }

  @Test("--only trains one run, by its number or its name, and writes no report")
  func only() throws {
    try withExperiment { program in
      for run in ["2", "discrete-3_seed-1"] {
        let output = try program.run("experiment", "run", "small.yaml", "--only", run)
        #expect(output.exitCode == 0, "\(output.standardError)")
        #expect(output.standardOutput == "runs/small: 1 of 3 runs finished\n")
        #expect(try fileNames(in: "\(program.folder)/runs/small") == ["discrete-3_seed-1"])
      }
    }
  }

  @Test(
    "--only names the runs there are when there is no such run", arguments: ["0", "4", "-1", "x"])
  func noSuchRun(run: String) throws {
    try withExperiment { program in
      let output = try program.run("experiment", "run", "small.yaml", "--only", run)
      #expect(output.exitCode != 0)
      #expect(output.standardOutput == "")
      #expect(
        run == "-1"
          || output.standardError
            == "Error: small.yaml: has no run \"\(run)\"; expected a name, or a number from 1 to 3\n"
      )
      #expect(try fileNames(in: program.folder) == ["small.yaml"])
    }
  }

  @Test("--seeds replaces the file's seeds, and another call adds seeds to those that are trained")
  func seeds() throws {
    try withExperiment { program in
      let runs = "\(program.folder)/runs/small"
      let first = try program.run("experiment", "run", "small.yaml", "--seeds", "7")
      #expect(first.exitCode == 0, "\(first.standardError)")
      #expect(first.standardOutput.contains("3 of 3 runs finished"))
      let model = "\(runs)/discrete-3_seed-7/model.safetensors"
      let date = try FileManager.default.attributesOfItem(atPath: model)[.modificationDate] as? Date

      let second = try program.run("experiment", "run", "small.yaml", "--seeds", "7,8")
      #expect(second.exitCode == 0, "\(second.standardError)")
      #expect(second.standardOutput.contains("6 of 6 runs finished"))
      #expect(!second.standardError.contains("seed-7: begins"))
      let unchanged =
        try FileManager.default.attributesOfItem(atPath: model)[.modificationDate] as? Date
      #expect(unchanged == date)

      let script = try program.run(
        "experiment", "script", "small.yaml", "--slurm", "--seeds", "7,8")
      #expect(script.standardOutput.contains("--seeds '7,8'"))
      #expect(script.standardOutput.contains("--array=1-6"))
    }
  }

  @Test("A job array trains every run, and a last job writes the report")
  func array() throws {
    try withExperiment { program in
      var program = program
      // It does the tasks of an array at once, and notes how it was called.
      try AtomicFile.write(
        """
        #!/bin/sh
        echo "$*" >> calls
        cat > job.$$
        case "$*" in
          *--array=1-3%2*) for task in 1 2 3; do SLURM_ARRAY_TASK_ID=$task sh job.$$ >> output; done ;;
          *) sh job.$$ > table ;;
        esac
        rm job.$$
        echo '17;cluster'
        """, to: "\(program.folder)/sbatch")
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let bin = (Program.path as NSString).deletingLastPathComponent
      program.environment["PATH"] = "\(program.folder):\(bin):\(path)"
      let output = try program.shell(
        """
        set -e
        chmod +x sbatch
        jointvae experiment script small.yaml --slurm --out 'my runs' --threads 2 --jobs 2 > small.sh
        sh small.sh --partition=long
        """)
      #expect(output.exitCode == 0, "\(output.standardError)")
      let calls = try String(contentsOfFile: "\(program.folder)/calls", encoding: .utf8)
      #expect(
        calls == """
          --parsable --job-name=small --array=1-3%2 --ntasks=1 --cpus-per-task=2 --partition=long
          --job-name=small-report --dependency=afterany:17 --ntasks=1 --cpus-per-task=2

          """)
      let table = try String(contentsOfFile: "\(program.folder)/table", encoding: .utf8)
      #expect(table.hasSuffix("\nmy runs: 3 of 3 runs finished\n"))
      #expect(try fileNames(in: "\(program.folder)/my runs").contains("report.html"))
    }
  }
}
