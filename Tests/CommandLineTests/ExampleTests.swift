import Foundation
import JointVAEProgram
import TestSupport
import Testing

/// The calls that the README, the docs and the help texts show.
@Suite("The examples", .serialized)
struct ExampleTests {
  @Test("can be parsed, every one")
  func parsed() throws {
    let examples = try Examples.all
    #expect(examples.count > 80)
    for example in examples {
      #expect(throws: Never.self, "\(example.place): \(example.call)") {
        try CommandLineCheck.parse(example.words)
      }
    }
    #expect(throws: (any Error).self) {
      try CommandLineCheck.parse(["train", "shapes", "--recpie", "x"])
    }
  }

  @Test("work, on smaller data and with fewer steps")
  func work() throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      program.environment["JOINTVAE_DATA"] = SharedFiles.data.folder
      program.environment["XDG_CACHE_HOME"] = "\(folder)/cache"
      try ExampleFiles(folder, program).write()
      var done: Set<String> = []
      for example in try Examples.all {
        guard let script = example.script, done.insert(script).inserted else { continue }
        let output = try program.shell(script)
        #expect(
          output.exitCode == 0,
          "\(output.standardError.suffix(300)) in \(script) of \(example.place)")
      }
      #expect(done.count > (SharedFiles.data.has("mnist") ? 60 : 30))
    }
  }
}

/// What examples take for granted: trained runs, photos of the user's own, files from elsewhere.
private struct ExampleFiles {
  let folder: String
  let program: Program

  init(_ folder: String, _ program: Program) { (self.folder, self.program) = (folder, program) }

  func write() throws {
    for name in ["my-photos", "photos", "letters"] {
      try PackedImages(size: 32, channels: name == "letters" ? 1 : 3).writeFolder(
        "\(folder)/\(name)")
    }
    try PackedImages(size: 32, classes: ["circle", "square", "star", "triangle"])
      .writeZip("\(folder)/archive.zip")
    for name in ["A_Z_Handwritten_Data.csv", "A_Z_Handwritten_Data.balanced2990.csv.gz"] {
      try PackedImages(count: 60, size: 28).writeCSV("\(folder)/\(name)")
    }
    try FileManager.default.createDirectory(
      atPath: "\(folder)/docs", withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(SharedFiles.packageFolder)/Experiments", toPath: "\(folder)/Experiments")
    for name in ["my-digit.jpg", "cat.jpg", "dog.jpg"] {
      // What a file is, its content shows.
      try PackedImages(count: 2, size: 32).files[0].image.writePNG(to: "\(folder)/\(name)")
    }
    let made = try program.shell(
      """
      set -e
      jointvae train shapes --out runs/demo --limit 64 --batch-size 16 --steps 8
      jointvae convert mnist model.pt
      for run in photos digits seed-1 seed-2 seed-3 shapes-101 shapes-102 arabic-101 arabic-102; do
        cp -r runs/demo runs/$run
      done
      """)
    #expect(made.exitCode == 0, "\(made.standardError)")
  }
}

/// A call in a text.
private struct Example {
  let place: String
  /// From `jointvae` on, without comments and without where the output goes.
  let call: String

  /// What the program gets.
  var words: [String] {
    // The examples quote single words only.
    call.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { part in
      part.offset % 2 == 1
        ? [String(part.element)] : part.element.split(separator: " ").map(String.init)
    }.dropFirst().map(\.self)
  }

  /// The call with less to do; nil for one that needs what is not here.
  var script: String? {
    let words = words
    // Without a network, a comparison with PyTorch, hours to train, or the data sets' files.
    if words.starts(with: ["data", "fetch"]) || words.contains("--comparison") { return nil }
    // UCX, which MPICH loads, does not start beside AddressSanitizer: both patch the functions of memory.
    if words.contains("--mpi"), Sanitizer.isOn { return nil }
    let sets = [
      "mnist", "fashion-mnist", "arabic-characters", "four-shapes", "math-symbols", "az-letters",
    ]
    let readsFiles =
      ["train", "evaluate", "suggest-capacity", "experiment", "name"].contains(words[0])
      || words.starts(with: ["data", "show"])
    if readsFiles, !SharedFiles.data.has("mnist"),
      words.contains(where: { word in sets.contains { word.contains($0) } })
    {
      return nil
    }
    var extra: String
    switch words[0] {
    case "train" where words.contains("--resume"): extra = ""
    case "train":
      extra = "--limit 64 --batch-size 16 --out runs/\(abs(call.hashValue)) "
      extra += words.contains("--epochs") ? "--epochs 1" : "--steps 4"
      if words.contains("--restarts") { extra += " --restart-steps 2" }
    case "suggest-capacity": extra = "--limit 64 --steps 100"
    case "evaluate": extra = "--limit 60"
    case "experiment" where !words.contains("--dry-run"): return nil
    case "convert" where !words.contains("--tensorboard"), "card", "merge": extra = "--force"
    case "explore" where words.contains("--data"): extra = "--images 40"
    case "bench": extra = "--rounds 1 --steps 1"
    default: extra = ""
    }
    // No browser opens while tests run.
    return "\(call) \(extra)".replacing(" --open", with: "")
      .replacing("../shared/data", with: SharedFiles.data.folder)
  }
}

private enum Examples {
  /// Those of all texts, in their order.
  static var all: [Example] {
    get throws {
      let root = SharedFiles.packageFolder
      let docs = try FileManager.default.contentsOfDirectory(atPath: "\(root)/docs")
        .filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
      let help = HelpTests.commands.map { "Tests/CommandLineTests/Expected/\($0.file).txt" }
      return try (["README.md"] + docs + help).flatMap { path in
        try lines(of: "\(root)/\(path)").compactMap { example($0, in: path) }
      }
    }
  }

  /// The lines of a file; what is code within a line of Markdown is a line of its own.
  private static func lines(of path: String) throws -> [Substring] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n")
    guard path.hasSuffix(".md") else { return lines.filter { $0.hasPrefix("  jointvae ") } }
    return lines.flatMap { line in
      line.hasPrefix("    ")
        ? [line]
        : line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .compactMap { $0.offset % 2 == 1 ? $0.element : nil }
    }
  }

  /// The call in a line; nil for one without, and for one that shows how calls are made up.
  private static func example(_ line: Substring, in path: String) -> Example? {
    var call = line.trimmingCharacters(in: .whitespaces)
    call = call.replacing(".build/release/jointvae ", with: "jointvae ", maxReplacements: 1)
    guard call.hasPrefix("jointvae ") else { return nil }
    for mark in [" #", " >", " |"] {
      if let end = call.firstRange(of: mark) { call = String(call[..<end.lowerBound]) }
    }
    call = call.trimmingCharacters(in: .whitespaces)
    // `jointvae train --resume` within a sentence is a name, not a call.
    let names = HelpTests.commands.flatMap(\.arguments)
    if !line.hasPrefix("  "),
      call.split(separator: " ").dropFirst().allSatisfy({
        $0.hasPrefix("-") || names.contains(String($0))
      })
    {
      return nil
    }
    let isPattern =
      call.contains { "[|<…".contains($0) } || call.contains("...")
      || call.contains(/\b[A-Z]{2,}[0-9]?\b|\b[NK]\b/)
    return isPattern ? nil : Example(place: path, call: call)
  }
}
