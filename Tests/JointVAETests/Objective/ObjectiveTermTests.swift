import JointVAE
import JointVAEFiles
import TestSupport
import Testing

@Suite("A program's own term of the objective")
struct ObjectiveTermTests {
  @Test("is measured by name in every step and epoch, behind the configuration's")
  func measured() throws {
    let configuration = smallConfiguration { $0.length = .epochs(1) }
    let trainer = try Trainer(
      configuration: configuration, terms: [CountingTerm(), OwnDivergenceTerm()],
      compute: .threads(1))
    let names = ["capacity_z", "capacity_c", "own_kl", "count"]
    #expect(trainer.objective.terms.map(\.name) == names)
    #expect(trainer.objective.terms.map(\.isAdditional) == [false, false, true, true])
    var counts: [Double?] = []
    try trainer.train(on: NoiseImages(count: 29), validation: NoiseImages(count: 4)) { event in
      switch event {
      case .step(let report):
        let terms = report.terms
        #expect(terms.measurements.map(\.name) == names)
        let own = try #require(terms.measurements["own_kl"])
        #expect(own == terms.continuousKL + terms.discreteKL * terms.discreteKL / 2)
        let count = try #require(terms.measurements["count"])
        counts.append(count)
        let distances = LatentKind.allCases.map {
          30 * abs((terms.measurements.target(of: $0) ?? 0) - terms.divergences[$0])
        }
        let loss = terms.reconstruction + distances[0] + distances[1] + 7 * own + count
        #expect(abs(terms.loss - loss) < 1e-9 * loss)
      case .epoch(let report):
        // 8 images count 1, 8 count 2, 8 count 3 and 5 count 4.
        #expect(report.training.measurements["count"] == 68.0 / 29)
        #expect(report.training.measurements.target(of: .continuous) == 1)
        #expect(report.validation?.measurements.map(\.name) == Array(names.dropLast()))
      case .starting, .warning, .checkpoint, .ending, .ended: break
      }
      return .proceed
    }
    #expect(counts == [1, 2, 3, 4])
  }

  @Test("keeps its state over a stop; a state without it is refused")
  func resumed() throws {
    let configuration = smallConfiguration { $0.pairing = Pairing() }
    let images = NoiseImages(count: 29)
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let first = try Trainer(
        configuration: configuration, terms: [CountingTerm()], compute: .threads(1))
      try first.train(on: images) {
        if case .step(let report) = $0, report.step == 3 { return .stop }
        return .proceed
      }
      try first.saveState(to: path)
      #expect(
        Set(try Safetensors(contentsOf: path).tensors.map(\.name))
          .isSuperset(of: ["epoch.sums", "pairs.balance", "term.count"]))
      let second = try Trainer(
        resumingFrom: path, configuration: configuration, terms: [CountingTerm()],
        compute: .threads(1))
      var next: Double?
      try second.train(on: images) {
        guard case .step(let report) = $0 else { return .proceed }
        next = report.terms.measurements["count"]
        return .stop
      }
      #expect(next == 4)

      let plain = try Trainer(configuration: configuration, compute: .threads(1))
      try plain.saveState(to: path)
      var file = try Safetensors(contentsOf: path)
      file.tensors.removeAll { $0.name == "pairs.balance" }
      try file.write(to: path)
      let error = #expect(throws: FileError.self) {
        try Trainer(resumingFrom: path, configuration: configuration)
      }
      #expect(error?.problem == "does not hold the state of the term balance (pairs.balance)")
    }
  }

  @Test("that is not finite stops the run by name, with weights and states as they were")
  func notFinite() throws {
    let configuration = smallConfiguration()
    let images = NoiseImages(count: 29)
    let trainer = try Trainer(
      configuration: configuration, terms: [CountingTerm(bad: 3)], compute: .threads(1))
    for _ in 0..<2 {
      #expect(throws: TrainingError.notFinite(tensor: "the term count", step: 3)) {
        try trainer.train(on: images)
      }
    }
    let other = try Trainer(
      configuration: configuration, terms: [CountingTerm()], compute: .threads(1))
    try other.train(on: images) {
      if case .step(let report) = $0, report.step == 2 { return .stop }
      return .proceed
    }
    #expect(try savedBytes(trainer.model) == savedBytes(other.model))
  }

  @Test(
    "needs a name that can be a column and that no other term has",
    arguments: [
      ("", "a name of lowercase letters, digits and underscores"),
      ("a,b", "a name of lowercase letters, digits and underscores"),
      ("Own", "a name of lowercase letters, digits and underscores"),
      ("capacity_z", "a name that no other term has"),
    ])
  func names(name: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try Trainer(configuration: smallConfiguration(), terms: [OwnTerm(name: name)])
    }
    #expect(error?.setting == "term of the objective" && error?.expected == expected)
  }

  @Test("that depends on neither divergences nor latents is refused")
  func kind() {
    struct Bare: ObjectiveTerm {
      let name = "bare"
      func weight(atStep step: Int) -> Double { 1 }
    }
    #expect(
      throws: ConfigurationError(
        "term of the objective", "bare", expected: "a DivergenceTerm or a LatentTerm")
    ) { try Trainer(configuration: smallConfiguration(), terms: [Bare()]) }
  }

  @Test("changes what is trained, and one of weight 0 does not, to the last bit")
  func weight() throws {
    func bytes(_ terms: [any ObjectiveTerm]) throws -> [UInt8] {
      let trainer = try Trainer(
        configuration: smallConfiguration(), terms: terms, compute: .threads(2))
      try trainer.train(on: NoiseImages(count: 16))
      return try savedBytes(trainer.model)
    }
    let plain = try bytes([])
    #expect(try bytes([OwnTerm(weight: 0)]) == plain)
    #expect(try bytes([OwnTerm()]) != plain)
  }
}
