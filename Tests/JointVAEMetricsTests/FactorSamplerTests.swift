import JointVAE
import JointVAEMetrics
import Testing

@Suite("Images drawn by their factors") struct FactorSamplerTests {
  /// A grid whose representation is the factors, and a table of all its combinations.
  private func samplers() throws -> [any FactorSampler] {
    let grid = FactorGrid(names: FactorWorld.names, sizes: FactorWorld.sizes) { labels in
      try Representation(
        columns: FactorWorld.names.map { .init(name: $0) }, values: labels.values.map(Double.init))
    }
    return [grid, try FactorWorld.identity()]
  }

  @Test("Groups share their factor's value, other values are drawn uniformly, rows match labels")
  func groups() throws {
    for sampler in try samplers() {
      var random = RandomSequence(seed: 3)
      let groups: [Int?] = (0..<900).map { $0 % 4 == 3 ? nil : $0 % 4 }
      let draw = try sampler.draw(groups: groups, size: 8, random: &random)
      #expect(draw.labels.count == 7200)
      #expect(draw.representation.values == draw.labels.values.map(Double.init))
      var shared = [0, 0, 0]
      var seen = FactorWorld.sizes.map { [Int](repeating: 0, count: $0) }
      for (group, factor) in groups.enumerated() {
        let rows = (group * 8..<(group + 1) * 8).map {
          Array(draw.labels.values[$0 * 3..<$0 * 3 + 3])
        }
        for f in 0..<3 {
          if f == factor {
            #expect(Set(rows.map { $0[f] }).count == 1)
            seen[f][rows[0][f]] += 1
          } else if Set(rows.map { $0[f] }).count == 1 {
            shared[f] += 1
          }
        }
      }
      // Eight equal values of a factor that was not fixed: a chance of 4^-7 a group.
      #expect(shared.allSatisfy { $0 < 3 })
      for counts in seen {
        let expected = 225.0 / Double(counts.count)
        #expect(counts.allSatisfy { abs(Double($0) - expected) < 5 * expected.squareRoot() })
      }
    }
  }

  @Test("A value is as likely as another, however many images have it")
  func unevenTable() throws {
    let labels = try FactorLabels(
      names: ["a"], sizes: [5],
      values: Array(repeating: 1, count: 990) + Array(repeating: 4, count: 10))
    let table = try FactorTable(
      representation: Representation(
        columns: [.init(name: "z0")], values: labels.values.map(Double.init)), labels: labels)
    var random = RandomSequence(seed: 1)
    let draw = try table.draw(
      groups: Array(repeating: 0, count: 1000), size: 1, random: &random)
    #expect((400...600).contains(draw.labels.values.count { $0 == 4 }))
    #expect(Set(draw.labels.values) == [1, 4])
  }

  @Test("A generator is asked for a few thousand images at a time, and must return as many")
  func generator() throws {
    let grid = FactorGrid(names: ["a"], sizes: [3]) { labels in
      guard labels.count <= 4096 else { throw MetricError.noImages }
      return try Representation(
        columns: [.init(name: "z0")], values: labels.values.map(Double.init))
    }
    var random = RandomSequence(seed: 1)
    #expect(try grid.draw(groups: [nil], size: 10_000, random: &random).labels.count == 10_000)
    let short = FactorGrid(names: ["a"], sizes: [3]) { _ in
      try Representation(columns: [.init(name: "z0")], values: [1])
    }
    #expect(throws: MetricError.count(of: "rows of the representation", 1, expected: 5)) {
      try short.draw(groups: [nil], size: 5, random: &random)
    }
  }

  @Test("Numbers are as good as uniform below any bound")
  func randomNumbers() {
    var random = RandomSequence(seed: 11)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7000 { counts[random.number(below: 7)] += 1 }
    #expect(counts.allSatisfy { (850...1150).contains($0) })
    #expect((0..<100).allSatisfy { _ in random.number(below: 1) == 0 })
  }

  @Test("Factors that do not vary are left out and named; none that varies is an error")
  func constantFactors() throws {
    let labels = try FactorLabels(
      names: ["color", "x"], sizes: [1, 4], values: (0..<40).flatMap { [0, $0 % 4] })
    let representation = try Representation(
      columns: [.init(name: "z0")], values: (0..<40).map { Double($0 % 4) })
    let table = try FactorTable(representation: representation, labels: labels)
    #expect(table.varyingFactors == [1])
    let score = try FactorVAEScore.score(table)
    #expect(score.constantFactors == ["color"] && score.value == 1)
    let gap = try MutualInformationGap.score(representation, labels)
    #expect(gap.constantFactors == ["color"] && abs(gap.value - 1) < 1e-12)
    let modularity = try ModularityScore.score(representation, labels)
    #expect(modularity.value == 1)
    let flat = try FactorLabels(
      names: ["color"], sizes: [3], values: Array(repeating: 2, count: 40))
    let error = #expect(throws: MetricError.self) {
      try MutualInformationGap.score(representation, flat)
    }
    #expect(error == .constantFactors(names: ["color"]))
    #expect(
      error?.description
        == "every factor has a single value (color); expected at least one that differs between images"
    )
    #expect(throws: MetricError.constantFactors(names: ["color"])) {
      try BetaVAEScore.score(FactorTable(representation: representation, labels: flat))
    }
  }

  @Test("Factors given as numbers: classes of few numbers, ranges of many")
  func numbers() throws {
    let labels = try FactorLabels(
      numbers: [
        ("scale", (0..<100).map { [0.5, 0.8, 0.65][$0 % 3] }),
        ("x", (0..<100).map { Double($0) / 99 }),
      ], bins: 4, exactLimit: 10)
    #expect(labels.names == ["scale", "x"] && labels.sizes == [3, 4])
    #expect(Array(labels.values[..<6]) == [0, 0, 2, 0, 1, 0])
    let x = stride(from: 1, to: 200, by: 2).map { labels.values[$0] }
    #expect(x == (0..<100).map { min($0 * 4 / 99, 3) })
    #expect(throws: MetricError.count(of: "values of b", 1, expected: 2)) {
      try FactorLabels(numbers: [("a", [1, 2]), ("b", [1])])
    }
    let error = #expect(throws: MetricError.self) {
      try FactorLabels(numbers: [("a", [1, .nan])])
    }
    #expect(error?.description == "a of image 1 is nan; expected a finite number")
    #expect(throws: MetricError.noFactors(score: "this score")) { try FactorLabels(numbers: []) }
  }

  @Test("The largest numbers there are have ranges, too")
  func hugeNumbers() throws {
    let numbers = [-Double.greatestFiniteMagnitude, 0, Double.greatestFiniteMagnitude]
    let labels = try FactorLabels(numbers: [("a", numbers)], bins: 2, exactLimit: 1)
    #expect(labels.values == [0, 1, 1])
    let scores = try DisentanglementProtocol().scores(
      FactorTable(
        representation: Representation(
          columns: [.init(name: "z0")], values: (0..<30).map { numbers[$0 % 3] }),
        labels: FactorLabels(names: ["a"], sizes: [3], values: (0..<30).map { $0 % 3 })))
    #expect(scores.count == 10)
  }

  @Test("Impossible representations and factors are refused with their values")
  func badInput() throws {
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "no error"
      } catch { return "\(error)" }
    }
    let z = Representation.Column(name: "z0")
    let c = Representation.Column(name: "c0", categories: 3)
    #expect(
      message { _ = try Representation(columns: [z, c], values: [1, 2, 3]) }
        == "there are 3 values of a representation; expected 4")
    #expect(
      message { _ = try Representation(columns: [z, c], values: [1, 2, .infinity, 0]) }
        == "z0 of image 1 is inf; expected a finite number")
    for categories in [0, -1, 1 << 60] {
      #expect(
        message {
          _ = try Representation(columns: [.init(name: "c", categories: categories)], values: [])
        } == "number of categories of c is \(categories); expected from 1 to 10000")
    }
    for bad in [-1, 3, 0.5, .nan] {
      #expect(
        message { _ = try Representation(columns: [z, c], values: [1, bad]) }
          == "c0 of image 0 is \(bad); expected a category from 0 to 2")
    }
    #expect(
      message { _ = try FactorLabels(names: ["a", "b"], sizes: [2, 3], values: [0, 2, 2, 0]) }
        == "a of image 1 is 2; expected from 0 to 1")
    #expect(
      message { _ = try FactorLabels(names: ["a"], sizes: [2], values: [-1]) }
        == "a of image 0 is -1; expected from 0 to 1")
    #expect(
      message { _ = try FactorLabels(names: ["a", "b"], sizes: [2, 3], values: [0]) }
        == "there are 1 values of factors; expected 2")
    #expect(
      message { _ = try FactorLabels(names: ["a"], sizes: [1 << 60], values: [0]) }
        == "number of values of a is \(1 << 60); expected from 1 to 10000")
    #expect(
      message { _ = try FactorLabels(names: ["a"], sizes: [-1], values: []) }
        == "number of values of a is -1; expected from 1 to 10000")
    #expect(
      message { _ = try FactorLabels(names: ["a"], sizes: [1, 2], values: []) }
        == "there are 2 sizes of factors; expected 1")
    #expect(
      message { _ = try FactorLabels(names: [], sizes: [], values: []) }
        .contains("the data set has none"))
    let labels = try FactorLabels(names: ["a"], sizes: [2], values: [0, 1])
    let representation = try Representation(columns: [z], values: [1, 2, 3])
    let mismatch = "there are 3 rows of the representation; expected 2"
    #expect(
      message { _ = try FactorTable(representation: representation, labels: labels) } == mismatch)
    #expect(message { _ = try MutualInformationGap.score(representation, labels) } == mismatch)
    #expect(message { _ = try ModularityScore.score(representation, labels) } == mismatch)
    let two = try Representation(columns: [z], values: [1, 2])
    #expect(
      message { _ = try MutualInformationGap.score(two, labels, bins: 0) }
        == "bins is 0; expected from 1 to 1000")
    let draw = try FactorDraw(representation: two, labels: labels)
    let other = try FactorDraw(
      representation: Representation(columns: [z, z], values: [1, 2, 3, 4]), labels: labels)
    #expect(
      message { _ = try SAPScore.score(training: draw, test: other) }
        == "there are 2 columns of the test representation; expected 1")
    let more = try FactorDraw(
      representation: two,
      labels: FactorLabels(names: ["a"], sizes: [3], values: [0, 1]))
    #expect(
      message { _ = try DCIScore.score(training: draw, test: more) }.contains("factors of the test")
    )
    let none = try Representation(columns: [z], values: [])
    #expect(
      message {
        _ = try FactorTable(
          representation: none, labels: FactorLabels(names: ["a"], sizes: [2], values: []))
      } == "there are no images to score")
  }
}
