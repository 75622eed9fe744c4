import TestSupport
import Testing

@Suite("Slips of the hand in commands, options and names")
struct SuggestionTests {
  /// What was typed, and what was meant.
  static let slips: [(call: String, meant: String)] = [
    // Commands.
    ("trian mnist", "train"), ("smaple mnist", "sample"), ("travers mnist", "traverse"),
    ("evalute mnist", "evaluate"), ("modles", "models"), ("data lst", "list"),
    ("data ftech mnist", "fetch"), ("experiment rnu x.yaml", "run"),
    ("expirement run x", "experiment"), ("reconstuct mnist shapes", "reconstruct"),
    ("inf mnist", "info"), ("interpolat mnist 3 8", "interpolate"), ("reprot runs/a", "report"),
    ("sugest-capacity shapes", "suggest-capacity"),
    // Options.
    ("train shapes --epoch 3", "--epochs"), ("train shapes --stpes 3", "--steps"),
    ("train shapes --batchsize 3", "--batch-size"),
    ("train shapes --earlystop 3epochs", "--early-stop"),
    ("sample mnist --categroy 3", "--category"), ("sample mnist --clas 3", "--class"),
    ("traverse mnist --latnet z1", "--latent"),
    ("evaluate mnist --disentaglement", "--disentanglement"),
    // Models.
    ("sample mnits", "mnist"), ("info mathsymbols", "math-symbols"),
    ("sample fourshapes", "four-shapes"), ("traverse fashon-mnist", "fashion-mnist"),
    // Data sets, recipes and other words.
    ("train shpaes", "shapes"), ("train emnist-leters", "emnist-letters"),
    ("data fetch mnits", "mnist"), ("evaluate mnist minst", "mnist"),
    ("train shapes --recipe piars", "pairs"), ("train shapes --loss cauchi:1", "cauchy"),
    ("train shapes --pairs handwriting2", "handwriting"),
    ("train shapes --pairs rotaton=15", "rotation"), ("train shapes --optimizer adm", "adam"),
    ("train shapes --fit crp", "crop"), ("sample mnist --class elven", "seven"),
    ("train shapes --split tset", "test"),
    ("interpolate mnist class:tree class:9", "three"),
  ]

  @Test("Each gets the right suggestion", arguments: slips)
  func suggestion(call: String, meant: String) throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let words = TrainTests.call(call)
      if call.contains("elven") || call.contains("tree") {
        // Names of one\'s own.
        _ = try program.run(["convert", "mnist", "own.safetensors"])
        _ = try program.run(["name", "own.safetensors", "5=seven", "0=three"])
      }
      let own = call.contains("elven") || call.contains("tree")
      let output = try program.run(words.map { own && $0 == "mnist" ? "own.safetensors" : $0 })
      #expect(output.exitCode != 0)
      let text = output.standardError.lowercased()
      #expect(
        ["did you mean \(meant)?", "did you mean \"\(meant)\"?", "did you mean '\(meant)'?"]
          .contains(where: text.contains), "\(output.standardError)")
    }
  }

  @Test("A data set that is not there gets the command that downloads it, if there is one")
  func downloads() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let mnist = try program.run("train", "mnist", "--out", "run").standardError
      #expect(mnist.hasSuffix("; jointvae data fetch mnist downloads them\n"), "\(mnist)")
      let shapes = try program.run("train", "four-shapes", "--out", "run").standardError
      #expect(shapes.contains("was not found") && !shapes.contains("data fetch"), "\(shapes)")
    }
  }
}
