import Foundation
import JointVAEFiles
import TestSupport
import Testing

/// A launcher of ranks, as Debian installs it.
enum TestLauncher: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case openMPI = "mpirun.openmpi"
  case mpich = "mpiexec.hydra"

  var testDescription: String { rawValue }

  /// Those that are here.
  static let all = allCases.filter { launcher in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(launcher.rawValue)") }
  }

  /// The command in front of a program, for so many ranks.
  func words(_ count: Int) -> String {
    switch self {
    // More ranks than processors, and as the superuser, is unusual on clusters but not in tests.
    case .openMPI: "mpirun.openmpi --oversubscribe --allow-run-as-root -n \(count)"
    case .mpich: "mpiexec.hydra -n \(count)"
    }
  }
}

/// Whole commands on several ranks; one after the other, since each uses all cores.
@Suite(
  .serialized,
  .enabled(
    if: !TestLauncher.all.isEmpty && !Sanitizer.isOn,
    "needs mpirun.openmpi or mpiexec.hydra; make mpi-test installs both"))
struct RankTests {
  private static let experiment = """
    base: {dataset: glyphs, image-size: 16, limit: 100, batch-size: 8, continuous: 2}
    axes: {discrete: [2, 3, 4, 5], steps: [20, 40]}
    evaluate: {limit: 50}
    """

  func withProgram(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      program.environment["XDG_CACHE_HOME"] = "\(folder)/cache"
      program.environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1"
      program.environment["HOME"] = folder
      try AtomicFile.write(Self.experiment, to: "\(folder)/small.yaml")
      try body(program)
    }
  }

  /// Runs `jointvae` with these words on so many ranks.
  func run(
    _ program: Program, _ launcher: TestLauncher, _ count: Int, _ call: String
  ) throws -> Program.Output {
    try program.shell("\(launcher.words(count)) '\(Program.path)' \(call)")
  }

  func expectSame(_ paths: [String], in program: Program, _ first: String, _ second: String) {
    for path in paths {
      let files = [first, second].map {
        FileManager.default.contents(atPath: "\(program.folder)/\($0)/\(path)")
      }
      #expect(files[0] != nil && files[0] == files[1], "\(path)")
    }
  }

  @Test("info --mpi finds the launcher's library, and sums are right", arguments: TestLauncher.all)
  func info(launcher: TestLauncher) throws {
    try withProgram { program in
      let output = try run(program, launcher, 3, "info --mpi")
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(output.standardOutput.contains(/\nranks +3\n/))
      #expect(output.standardOutput.hasSuffix("sums            right on all ranks\n"))
      let name = launcher == .openMPI ? "Open MPI" : "MPICH"
      #expect(output.standardOutput.contains("with the binary interface of \(name)\n"))
    }
  }

  @Test(
    "An experiment leaves the same runs, table, pages and charts as without ranks",
    arguments: TestLauncher.all)
  func experiment(launcher: TestLauncher) throws {
    try withProgram { program in
      // With the same paths, all files but the logs are the same.
      let alone = try program.run(["experiment", "run", "small.yaml", "--out", "ranks"])
      try FileManager.default.moveItem(
        atPath: "\(program.folder)/ranks", toPath: "\(program.folder)/alone")
      let ranks = try run(program, launcher, 3, "experiment run small.yaml --out ranks")
      #expect(ranks.exitCode == 0, "\(ranks.standardError)")
      #expect(try results(of: ranks) == results(of: alone))
      let runs = try fileNames(in: "\(program.folder)/alone").filter { $0.contains("seed") }
      #expect(runs.count == 8)
      for run in runs { #expect(ranks.standardError.contains("] \(run): finished in ")) }
      expectSame(
        runs.flatMap { run in
          ["model.safetensors", "config.json", "summary.json", "evaluation.json", "report.html"]
            .map { "\(run)/\($0)" }
        } + ["accuracy.svg", "scores.svg", "report.html"], in: program, "alone", "ranks")
      #expect(
        try fileNames(in: "\(program.folder)/ranks") == fileNames(in: "\(program.folder)/alone"))

      let again = try run(program, launcher, 2, "experiment run small.yaml --out ranks")
      #expect(again.exitCode == 0, "\(again.standardError)")
      for run in runs { #expect(again.standardError.contains("] \(run): finished before\n")) }
      #expect(try results(of: again) == results(of: ranks))
    }
  }

  /// What an experiment prints, but for the times that its runs took.
  private func results(of output: Program.Output) throws -> [Substring] {
    let lines = output.standardOutput.split(separator: "\n")
    let begin = try #require(lines.firstIndex { $0.contains(/^setting +training/) })
    let end = try #require(lines.lastIndex { $0.hasPrefix("Time that a run trained") })
    return Array(lines[..<begin] + lines[(end + 1)...])
  }

  @Test("Seeds are trained on all ranks, and the best goes on", arguments: TestLauncher.all)
  func restarts(launcher: TestLauncher) throws {
    try withProgram { program in
      let call =
        "train shapes --image-size 16 --limit 80 --batch-size 8 --continuous 2 --discrete 4 --log-every 5 "
        + "--epochs 2 --restarts 3 --out "
      let alone = try program.run(TrainTests.call(call + "alone"))
      let ranks = try run(program, launcher, 2, call + "ranks")
      #expect(ranks.exitCode == 0, "\(ranks.standardError)")
      #expect(
        ranks.standardOutput.split(separator: "\n").first
          == alone.standardOutput.replacing("alone:", with: "ranks:").split(separator: "\n").first)
      expectSame(
        ["model.safetensors", "restarts.json", "config.json", "checkpoints/state.safetensors"],
        in: program, "alone", "ranks")
      #expect(!FileManager.default.fileExists(atPath: "\(program.folder)/ranks.restarts"))
    }
  }

  static let training =
    "train shapes --image-size 16 --limit 80 --batch-size 16 --continuous 2 --discrete 4 --validation 16 "

  @Test(
    "One model is trained on all ranks, with the files of one machine", arguments: TestLauncher.all)
  func together(launcher: TestLauncher) throws {
    try withProgram { program in
      for options in ["--epochs 3", "--epochs 3 --recipe pairs"] {
        let call = Self.training + options + " --out together"
        let alone = try program.run(TrainTests.call(call))
        #expect(alone.exitCode == 0, "\(alone.standardError)")
        try FileManager.default.moveItem(
          atPath: "\(program.folder)/together", toPath: "\(program.folder)/alone")
        let ranks = try run(program, launcher, 4, call)
        #expect(ranks.exitCode == 0, "\(ranks.standardError)")
        #expect(
          ranks.standardOutput.replacing(/[0-9]+ images\/s/, with: "")
            == alone.standardOutput.replacing(/[0-9]+ images\/s/, with: ""))
        expectSame(
          [
            "model.safetensors", "config.json", "summary.json", "samples.png", "training.gif",
            "traversals.gif", "checkpoints/state.safetensors",
          ], in: program, "alone", "together")
        #expect(
          try fileNames(in: "\(program.folder)/together")
            == fileNames(in: "\(program.folder)/alone"))
        for folder in ["alone", "together"] {
          try FileManager.default.removeItem(atPath: "\(program.folder)/\(folder)")
        }
      }
    }
  }

  /// A script that starts ranks which train to the folder `ranks`, and sends one of them a signal as soon as there is a
  /// checkpoint. Its exit code is that of the launcher; 99 where there was no checkpoint, 98 where there was no such rank, 97
  /// where the launcher did not end within the limit.
  static func signal(
    _ name: String, rank: Int, of call: String, limit seconds: Int = 10
  ) -> String {
    """
    \(call) &
    while ! ls ranks/checkpoints/state.safetensors > /dev/null 2>&1; do
      kill -0 $! || exit 99
      sleep 0.05
    done
    last=
    # The highest process number of those that stand in this folder as this rank is that of the program itself.
    for file in /proc/[0-9]*/cwd; do
      process=${file#/proc/}
      process=${process%/cwd}
      [ "$(readlink $file)" = "$(pwd -P)" ] || continue
      grep -qzE '^(OMPI_COMM_WORLD_RANK|PMI_RANK)=\(rank)$' /proc/$process/environ || continue
      last=$process
    done
    kill -\(name) $last || exit 98
    start=$(date +%s)
    wait $!
    code=$?
    [ $(($(date +%s) - start)) -le \(seconds) ] || exit 97
    exit $code
    """
  }

  @Test(
    "After a rank was killed, the others end soon, and the run goes on with another number of ranks",
    arguments: TestLauncher.all)
  func killedRank(launcher: TestLauncher) throws {
    try withProgram { program in
      let call = Self.training + "--checkpoint-every 20 --steps 600 --out "
      let alone = try program.run(TrainTests.call(call + "alone"))
      #expect(alone.exitCode == 0, "\(alone.standardError)")
      let output = try program.shell(
        Self.signal(
          "KILL", rank: 3, of: "\(launcher.words(4)) '\(Program.path)' \(call)ranks --steps 100000")
      )
      #expect(![0, 97, 98, 99].contains(output.exitCode), "\(output.standardError)")
      let resumed = try run(
        program, launcher, 2, "train --resume --steps 600 --out ranks")
      #expect(resumed.exitCode == 0, "\(resumed.standardError)")
      expectSame(["model.safetensors"], in: program, "alone", "ranks")
    }
  }

  @Test("Ranks that lanes cannot be dealt to are an error, said once", arguments: TestLauncher.all)
  func lanes(launcher: TestLauncher) throws {
    try withProgram { program in
      let three = try run(program, launcher, 3, "train shapes --steps 2 --out none")
      #expect(three.exitCode != 0)
      #expect(
        three.standardError.ranges(
          of:
            "Error: ranks is 3; expected 1, 2, 4 or 8 for 8 lanes; the setting lanes changes that"
        ).count == 1, "\(three.standardError)")
      #expect(try fileNames(in: program.folder) == ["small.yaml"])
      let six = try run(program, launcher, 3, "train shapes --steps 2 --lanes 6 --quiet --out six")
      #expect(six.exitCode == 0, "\(six.standardError)")
    }
  }

  @Test("Several models are measured on all ranks, and printed alike", arguments: TestLauncher.all)
  func evaluate(launcher: TestLauncher) throws {
    try withProgram { program in
      let call = "evaluate four-shapes shapes shapes --limit 40 --json"
      let alone = try program.run(TrainTests.call(call))
      #expect(alone.exitCode == 0, "\(alone.standardError)")
      let ranks = try run(program, launcher, 2, call)
      #expect(ranks.exitCode == 0, "\(ranks.standardError)")
      #expect(ranks.standardOutput == alone.standardOutput)
    }
  }

  @Test("A run whose process is killed goes on elsewhere", arguments: TestLauncher.all)
  func killed(launcher: TestLauncher) throws {
    try withProgram { program in
      #if DEBUG
        let steps = 60
      #else
        let steps = 4000
      #endif
      let text = Self.experiment.replacing("[20, 40]", with: "[\(steps)]")
        .replacing("limit: 100", with: "checkpoint-every: 20, limit: 100")
      try AtomicFile.write(text, to: "\(program.folder)/small.yaml")
      // The first job of this folder, as soon as it has a checkpoint.
      let output = try program.shell(
        """
        \(launcher.words(3)) '\(Program.path)' experiment run small.yaml --out ranks &
        while ! ls ranks/*/checkpoints/state.safetensors > /dev/null 2>&1; do
          kill -0 $! || exit 99
          sleep 0.05
        done
        for file in $(grep -lz '^JOINTVAE_JOB=' /proc/[0-9]*/environ 2> /dev/null); do
          process=${file%/environ}
          if [ "$(readlink $process/cwd)" = "$(pwd -P)" ]; then
            kill -9 ${process#/proc/}
            break
          fi
        done
        wait $!
        """)
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(
        output.standardError.contains(
          ": goes on elsewhere: its process was killed by signal 9, perhaps for want of memory on rank "
        ))
      #expect(output.standardOutput.hasSuffix("\nranks: 4 of 4 runs finished\n"))
    }
  }

  @Test("A launcher without its library is an error, said once", arguments: TestLauncher.all)
  func noLibrary(launcher: TestLauncher) throws {
    try withProgram { program in
      var program = program
      program.environment["JOINTVAE_MPI"] = "/nowhere/libmpi.so"
      let output = try run(program, launcher, 3, "experiment run small.yaml")
      #expect(output.exitCode != 0)
      #expect(output.standardError.ranges(of: "Error: ").count == 1)
      #expect(
        output.standardError.contains(
          " started 3 ranks, but the library that JOINTVAE_MPI names, /nowhere/libmpi.so, "
            + "cannot be used ("))
      #expect(try fileNames(in: program.folder) == ["small.yaml"])
    }
  }

  @Test("The library of another MPI is an error", arguments: TestLauncher.all)
  func otherLibrary(launcher: TestLauncher) throws {
    guard TestLauncher.all.count == 2 else { return }
    try withProgram { program in
      var program = program
      program.environment["JOINTVAE_MPI"] =
        launcher == .openMPI ? "libmpich.so.12" : "libmpi.so.40"
      let output = try run(program, launcher, 2, "experiment run small.yaml")
      #expect(output.exitCode != 0)
      #expect(
        output.standardError.contains(
          "the two belong to different MPIs; name the right library in JOINTVAE_MPI"))
    }
  }

  @Test("Ranks that were started differently are an error before anything is trained")
  func otherSettings() throws {
    let launcher = try #require(TestLauncher.all.first)
    try withProgram { program in
      try AtomicFile.write(Self.experiment + "\n# b", to: "\(program.folder)/b.yaml")
      let output = try program.shell(
        "\(launcher.words(1)) '\(Program.path)' experiment run small.yaml --out ranks : "
          + "-n 1 '\(Program.path)' experiment run b.yaml --out ranks")
      #expect(output.exitCode != 0)
      #expect(
        output.standardError.contains(
          #/rank 1 on \S+ has another command line than rank 0 on \S+: experiment run b.yaml/#))
      #expect(try fileNames(in: program.folder) == ["b.yaml", "small.yaml"])
    }
  }

  @Test("A mistake in the command line is said once", arguments: TestLauncher.all)
  func mistake(launcher: TestLauncher) throws {
    try withProgram { program in
      let output = try run(program, launcher, 3, "experiment run small.yaml --jobs 0")
      #expect(output.exitCode != 0)
      #expect(output.standardError.ranges(of: "Error: --jobs is 0").count == 1)
      let missing = try run(program, launcher, 2, "experiment run none.yaml")
      #expect(missing.exitCode != 0)
      #expect(
        missing.standardError.ranges(of: "Error: none.yaml: cannot be opened").count == 1)
      #expect(try fileNames(in: program.folder) == ["small.yaml"])
    }
  }
}
