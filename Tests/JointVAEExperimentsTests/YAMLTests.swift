import JointVAEExperiments
import JointVAEFiles
import TestSupport
import Testing

/// Files that are no YAML, or too much of it.
@Suite("YAML files") struct YAMLTests {
  static let broken: [(text: String, problem: String)] = [
    ("", "line 1, column 1: the file is empty; expected an experiment"),
    ("# nothing\n", "line 1, column 1: the file is empty; expected an experiment"),
    ("base: {dataset: shapes", "line 2, column 1: is no YAML: did not find expected ',' or '}'"),
    (
      "base:\n\tdataset: shapes\n",
      "line 2, column 1: is no YAML: found character that cannot start any token"
    ),
    (
      "base:\n  dataset: shapes\nbase:\n  dataset: mnist\n",
      "line 1, column 1: is no YAML: the key \"base\" stands there twice"
    ),
    ("base:\n  dataset: *name\n", "line 2, column 12: is no YAML: found undefined alias"),
    (
      "title: a\n---\ntitle: b\n",
      "line 2, column 1: is no YAML: but found another document"
    ),
    ("? [a]\n: b\n", "line 1, column 3: has a key that is a list; expected a word"),
    ("title: \u{1}\n", "line 1, column 8: is no YAML: control characters are not allowed"),
    (
      "- a\n",
      "line 1, column 1: is a list; expected an experiment with keys such as base and axes"
    ),
    (
      "just words\n",
      "line 1, column 1: is a single value; expected an experiment with keys such as base and axes"
    ),
  ]

  @Test("What is no YAML is told with line and column", arguments: broken)
  func syntax(text: String, problem: String) throws { try expectProblem(text, problem) }

  @Test("An anchor's value holds wherever its alias stands")
  func aliases() throws {
    let runs = try plan(
      """
      base: {dataset: shapes}
      runs:
        - {name: a, discrete: &three 3}
        - {name: b, continuous: *three}
      """
    ).runs
    #expect(runs.map(\.changes.discrete) == [[3], nil])
    #expect(runs.map(\.changes.continuous) == [nil, 3])
  }

  @Test("Aliases that double what they stand for are refused, few or many")
  func bombs() throws {
    // Nine tenfold levels would be a billion values.
    var many = "a0: &a0 x\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      many += "a\(level): &a\(level) [\(aliases)]\n"
    }
    try expectProblem(
      many,
      "line 1, column 1: the file has 90 asterisks, which may stand for aliases; "
        + "expected at most 16")
    // Few aliases of a long list.
    let long = Array(repeating: "x", count: 2000).joined(separator: ", ")
    let few = "a: &a [\(long)]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n"
    try withTemporaryFolder { folder in
      let path = try experimentFile(few, in: folder)
      let error = #expect(throws: FileError.self) { try Experiment(contentsOf: path) }
      #expect(
        error?.problem.hasSuffix(
          "brings the file to more than 20000 values; leave out its aliases") == true)
    }
  }

  @Test("Values that are nested too deeply are refused", arguments: [40, 900, 30_000])
  func depth(depth: Int) throws {
    try withTemporaryFolder { folder in
      let text = "base: " + String(repeating: "[", count: depth)
      for text in [
        text + String(repeating: "]", count: depth), text,
        "base:\n  "
          + String(repeating: "- ", count: min(depth, 30_000)) + "x",
      ] {
        let path = try experimentFile(text, in: folder)
        #expect(throws: FileError.self) { try Experiment(contentsOf: path) }
      }
    }
  }

  @Test("A file that is missing, too long, no text or a folder is told")
  func files() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError(folder, "is a folder or a device; expected a file")) {
        try Experiment(contentsOf: folder)
      }
      let missing = "\(folder)/none.yaml"
      #expect(throws: FileError(missing, "cannot be opened: No such file or directory")) {
        try Experiment(contentsOf: missing)
      }
      let long = try experimentFile(String(repeating: "#", count: 70_000), in: folder)
      #expect(throws: FileError(long, "holds 70000 bytes; expected at most 65536")) {
        try Experiment(contentsOf: long)
      }
      let bytes = "\(folder)/bytes.yaml"
      try AtomicFile.write([0x62, 0x3a, 0x20, 0xff], to: bytes)
      #expect(throws: FileError(bytes, "is no UTF-8 text; expected a YAML file")) {
        try Experiment(contentsOf: bytes)
      }
    }
  }

  @Test(
    "Random mutations of a valid file are read or refused, and end neither the program nor its patience"
  )
  func mutations() throws {
    let valid = Array(
      """
      name: small
      title: "Small: \\u00e9"
      base: &base {dataset: shapes, image-size: 16, steps: 10}
      axes:
        discrete: [2, [4, 3], none]
        loss: [bce, {cauchy: 0.5}]
      seeds: [1, 2]
      quick: {steps: 5, seeds: [1]}
      evaluate: {split: test, limit: 100}
      """.utf8)
    try withTemporaryFolder { folder in
      let path = "\(folder)/test.yaml"
      var random = SplitMix(state: Fuzzing.environment.seed(5))
      var refused = 0
      let rounds = try Fuzzing.environment.rounds(400) {
        var bytes = valid
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.remove(at: place)
          default:
            bytes.insert(
              "[]{}:,&*-?!|>'\"%@`# \n".utf8.randomElement(using: &random) ?? 32, at: place)
          }
        }
        try AtomicFile.write(bytes, to: path)
        do {
          _ = try ExperimentPlan(Experiment(contentsOf: path))
        } catch is FileError { refused += 1 }
      }
      #expect(refused > rounds / 4)
      #expect(refused < rounds)
    }
  }
}

/// Numbers for mutations from a fixed seed (SplitMix64; Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
