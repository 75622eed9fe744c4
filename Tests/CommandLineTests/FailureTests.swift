import Foundation
import TestSupport
import Testing

/// What fails when it is tried: one sentence on standard error, exit code 1, nothing half written.
struct FailureTests {
  @Test("An unknown data set is refused with the nearest name")
  func unknownDataSet() throws {
    try withTemporaryFolder { folder in
      try Program(in: folder).fails(
        "train mnst",
        "mnst: is not a known data set, and there is no such file or folder; did you mean mnist? "
          + "Known are shapes, shapes-rgb, sprites, glyphs, mnist, fashion-mnist, four-shapes, arabic-characters, "
          + "az-letters, math-symbols, dsprites, chairs, celeba, emnist-balanced, emnist-letters, "
          + "emnist-digits, emnist-byclass, emnist-bymerge, emnist-mnist, kmnist, qmnist, usps, "
          + "and paths of image folders, archives, IDX, CSV and npz files")
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }

  @Test("An instruction set that is not there is refused before a run is begun")
  func unknownInstructions() throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      program.environment = ["JOINTVAE_ISA": "mmx"]
      let output = try program.run("train", "shapes", "--limit", "64")
      #expect(output.standardError.contains("mmx"))
      #expect(output.exitCode == 1)
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }

  @Test("A folder that is taken is refused")
  func takenFolder() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/mine", withIntermediateDirectories: true)
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/mine/notes.txt"))
      try Program(in: folder).fails(
        "train shapes --out mine",
        "mine: exists and is no run; choose another folder with --out, or empty this one")
      try Data("{}".utf8).write(to: URL(filePath: "\(folder)/mine/config.json"))
      try Program(in: folder).fails(
        "train shapes --out mine",
        "mine: holds a run already; continue it with --resume, or choose another folder with --out")
      let left = try fileNames(in: "\(folder)/mine")
      #expect(left == ["config.json", "notes.txt"])
    }
  }

  @Test("A run that is not there cannot be resumed")
  func nothingToResume() throws {
    try withTemporaryFolder { folder in
      try Program(in: folder).fails(
        "train shapes --resume",
        "runs/shapes: does not exist; leave out --resume to begin a run there")
    }
  }

  @Test("A folder that cannot be made says why")
  func folderInAFile() throws {
    try withTemporaryFolder { folder in
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/file"))
      try Program(in: folder).fails(
        "train shapes --limit 64 --out file/run",
        "file/run: cannot be made: Not a directory")
    }
  }

  @Test("Epochs that cannot be counted are refused before a folder is made")
  func endlessEpochs() throws {
    try withTemporaryFolder { folder in
      for options in ["", " --restarts 2"] {
        try Program(in: folder).fails(
          "train shapes --limit 64 --epochs \(Int.max) --out run\(options)",
          "epochs is \(Int.max); expected fewer, as a run has at most 1000000000000 steps")
      }
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }

  @Test("A model that is not there is no model")
  func noModel() throws {
    try withTemporaryFolder { folder in
      for call in [
        "sample x -o y.png", "reconstruct x shapes -o y.png", "traverse x -o y.gif", "info x",
        "evaluate x shapes", "convert x y.pt",
      ] {
        try Program(in: folder).fails(
          call,
          "x: does not exist; expected a run folder, a .safetensors, .pt or .onnx file, or one of the models "
            + "that jointvae brings: az-letters, arabic-characters, fashion-mnist, four-shapes, "
            + "math-symbols, mnist, shapes")
      }
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }

  @Test(
    "A full disk is named, and no half file stays",
    .disabled(if: Sanitizer.isOn, "a sanitizer has large files of its own"))
  func fullDisk() throws {
    try withTemporaryFolder { folder in
      // A limit of 100 blocks of 512 or 1024 bytes on the size of a file; the state takes megabytes.
      let output = try Program(in: folder).shell(
        "trap '' XFSZ; ulimit -f 100; jointvae train shapes --out run --steps 1 --limit 64 --image-size 16"
      )
      #expect(
        output.standardError.hasSuffix(
          "Error: run/checkpoints/state.safetensors: cannot be written: File too large\n"))
      #expect(output.exitCode == 1)
      let left = try fileNames(in: "\(folder)/run/checkpoints")
      #expect(left == ["frames"])
      let files = try fileNames(in: "\(folder)/run")
      #expect(!files.contains("model.safetensors"))
    }
  }
}
