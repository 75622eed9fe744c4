import Foundation
import TestSupport
import Testing

/// One model in two formats.
struct ConvertTests {
  @Test("To PyTorch's format and back, a model's file has the same bytes")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      let output = try program.run("convert", "run", "model.pt")
      #expect(
        output.standardOutput
          == "model.pt: 16x16x1, latents 2 + [4], the weights of run/model.safetensors as a PyTorch state dictionary\n"
      )
      #expect(output.exitCode == 0)
      _ = try program.run("convert", "model.pt", "back.safetensors")
      let bytes = FileManager.default.contents(atPath: "\(folder)/run/model.safetensors")
      #expect(bytes != nil)
      #expect(FileManager.default.contents(atPath: "\(folder)/back.safetensors") == bytes)
      // Every command that takes a model takes the .pt.
      for call in [
        "sample model.pt -o samples.png", "reconstruct model.pt shapes -o both.png --limit 50",
        "traverse model.pt -o all.png", "info model.pt", "evaluate model.pt shapes --limit 50",
      ] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.standardError == "", "\(call)")
        #expect(output.exitCode == 0, "\(call)")
      }
    }
  }

  @Test("A file of half the size has the run's settings and a note, and pictures like the run's")
  func half() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      let output = try program.run(
        "convert", "run", "half.safetensors", "--half", "--note", "author=A. Student=x")
      #expect(
        output.standardOutput
          == "half.safetensors: 16x16x1, latents 2 + [4], the weights of run/model.safetensors as "
          + "safetensors, rounded to 16 bits\n")
      func size(_ name: String) throws -> Int {
        try #require(FileManager.default.contents(atPath: "\(folder)/\(name)")).count
      }
      #expect(try size("half.safetensors") < size("run/model.safetensors") * 6 / 10)
      let info = try program.run("info", "half.safetensors").standardOutput
      for line in [
        "\ndata set       shapes\n", "\nrecipe         shapes\n", "\nseed           1\n",
        "\nstep           1\n", "\nauthor         A. Student=x\n",
      ] { #expect(info.contains(line), "\(line)") }
      let sample = try program.run("sample", "half.safetensors", "-o", "samples.png")
      #expect(sample.exitCode == 0)
      try program.fails(
        "convert run model.pt --half",
        "file to write is model.pt; expected a .safetensors file, which takes 16 bits and notes")
      let usage = try program.run("convert", "run", "x.safetensors", "--note", "author")
      #expect(usage.exitCode == 64)
      #expect(usage.standardError.contains("expected KEY=TEXT, such as author=A. Student"))
    }
  }

  @Test("Nothing that is there is replaced unless it is said, and never the model itself")
  func replacing() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      try Data("mine".utf8).write(to: URL(filePath: "\(folder)/there.pt"))
      try FileManager.default.createDirectory(
        atPath: "\(folder)/folder.pt", withIntermediateDirectories: true)
      try program.fails(
        "convert run there.pt",
        "there.pt: exists already; choose another name, or replace it with --force")
      #expect(FileManager.default.contents(atPath: "\(folder)/there.pt") == Data("mine".utf8))
      try program.fails(
        "convert run folder.pt --force", "folder.pt: is a folder or a device; name a file")
      try program.fails(
        "convert run run/../run/model.safetensors --force",
        "run/../run/model.safetensors: is the model to convert itself; choose another name")
      let output = try program.run("convert", "run", "there.pt", "--force")
      #expect(output.exitCode == 0)
      #expect(
        FileManager.default.contents(atPath: "\(folder)/there.pt")?.prefix(2) == Data("PK".utf8))
    }
  }

  @Test(
    "The published checkpoint survives the way there and back",
    .enabled(if: SharedFiles.data.has("reference/mnist/model.pt"), "needs reference/mnist"))
  func published() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let original = SharedFiles.data.path("reference/mnist/model.pt")
      for (from, to) in [
        (original, "a.safetensors"), ("a.safetensors", "b.pt"), ("b.pt", "c.safetensors"),
      ] {
        let output = try program.run("convert", from, to)
        #expect(output.exitCode == 0)
      }
      let bytes = FileManager.default.contents(atPath: "\(folder)/a.safetensors")
      #expect(bytes != nil)
      #expect(FileManager.default.contents(atPath: "\(folder)/c.safetensors") == bytes)
      let info = try program.run("info", original)
      #expect(info.standardOutput.contains("\nparameters     687359\n"))
      #expect(info.standardOutput.contains("\nrecipe         mnist\n"))
    }
  }
}
