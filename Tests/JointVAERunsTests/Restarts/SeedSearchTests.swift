import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

/// One after the other: each uses all cores for its pictures.
@Suite(.serialized)
struct SeedSearchTests {
  @Test("The seed with the smallest loss goes on and ends as if it had been trained alone")
  func best() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      let ending = try RestartFixtures.choose(try fixture.begin())
      guard case .chosen(let table) = ending else {
        Issue.record("\(ending)")
        return
      }
      #expect(table.candidates.map(\.seed) == [5, 6, 7])
      #expect(table.step == 6)
      #expect(try fileNames(in: folder) == ["run"])
      #expect(try fixture.finish().step == RestartFixtures.steps)
      #expect(try RestartTable(contentsOf: fixture.out.restarts) == table)

      // Each seed alone: the loss at step 6, the last tenth of six steps, is what the seeds are compared by.
      var losses: [UInt64: Double] = [:]
      for seed: UInt64 in 5...7 {
        let alone = RunFolder("\(folder)/alone-\(seed)")
        try RestartFixtures.plain(seed, in: alone)
        losses[seed] = try Self.loss(of: alone, step: 6)
        if seed == table.kept { try RestartFixtures.expectSame(fixture.out, alone) }
      }
      for candidate in table.candidates { #expect(candidate.loss == losses[candidate.seed]) }
      #expect(table.kept == losses.min { $0.value < $1.value }?.key)
    }
  }

  @Test(
    "By UDR the seed goes on whose variables the others find again"
  )
  func agreement() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      var changes = RestartFixtures.changes
      changes.length = .steps(44)
      changes.learningRate = 0.003
      // Without a weight that z has to overcome, it learns within a few steps.
      changes.continuousCapacity = Capacity(maximum: 30, rampSteps: 1, weight: 1)
      let search = try fixture.begin(changes, RestartRequest(count: 3, steps: 40, choice: .udr))
      guard case .chosen(let table) = try RestartFixtures.choose(search) else {
        Issue.record("not chosen")
        return
      }
      #expect(table.rule == .udr && table.kept == table.best?.seed)
      let compared = table.candidates.filter { $0.carriesInformation }
      #expect(compared.count > 1, "\(table.text)")
      #expect(table.candidates.allSatisfy { ($0.udr != nil) == $0.carriesInformation })
      #expect(compared.allSatisfy { (0...1).contains($0.udr ?? -1) })
      let largest = compared.compactMap(\.udr).max()
      #expect(table.candidates.first { $0.seed == table.kept }?.udr == largest)
      #expect(try RestartTable(contentsOf: fixture.out.restarts) == table)
      // Categories are compared under every rule.
      #expect(table.candidates.allSatisfy { ($0.agreement != nil) == $0.carriesInformation })
    }
  }

  @Test("The choice by agreement needs categories")
  func agreementNeedsCategories() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      var changes = RestartFixtures.changes
      changes.discrete = []
      #expect(throws: ConfigurationError.self) {
        _ = try fixture.begin(changes, RestartRequest(count: 2, choice: .agreement))
      }
    }
  }

  @Test("A search that goes on keeps its rule, and a single seed has none to agree with")
  func rule() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      _ = try fixture.begin(RestartFixtures.changes, RestartRequest(count: 2, choice: .udr))
      #expect(throws: RunFolderError(fixture.seeds, .hasOtherSetting("choice by udr, not loss"))) {
        _ = try SeedSearch.resume(
          fixture.out, changes: SettingChanges(),
          request: RestartRequest(count: 2, choice: .loss), catalog: DataSetCatalog())
      }
      let table = try RestartTable(contentsOf: "\(fixture.seeds)/restarts.json")
      #expect(table.rule == .udr)
    }
    #expect(throws: ConfigurationError.self) {
      try RestartRequest(count: 1, choice: .udr).validate()
    }
  }

  @Test(
    "Seeds are compared when capacities have grown and before they grow again, or half way",
    arguments: [("pairs", 20, 13), ("pairs", 1, 1), ("shapes", 20, 10)])
  func comparedAt(recipe: String, steps: Int, expected: Int) throws {
    try withTemporaryFolder { folder in
      let fixtures = RestartFixtures(folder)
      var changes = RestartFixtures.changes
      changes.recipe = recipe
      changes.length = .steps(steps)
      (changes.continuousCapacity, changes.discreteCapacity) = (nil, nil)
      _ = try fixtures.begin(changes)
      #expect(try RestartTable(contentsOf: "\(fixtures.seeds)/restarts.json").step == expected)
    }
  }

  @Test("Seeds whose capacity still grows when the schedule goes on are compared half way")
  func comparedWhileGrowing() throws {
    try withTemporaryFolder { folder in
      let fixtures = RestartFixtures(folder)
      var changes = RestartFixtures.changes
      changes.recipe = "pairs"
      changes.length = .steps(20)
      changes.discreteCapacity = nil
      changes.continuousCapacity = Capacity(maximum: 5, rampSteps: 20, weight: 30)
      _ = try fixtures.begin(changes)
      #expect(try RestartTable(contentsOf: "\(fixtures.seeds)/restarts.json").step == 10)
    }
  }

  /// The column `loss` of the row of a step.
  private static func loss(of run: RunFolder, step: Int) throws -> Double? {
    let rows = try String(contentsOfFile: run.metrics, encoding: .utf8).split(separator: "\n")
    let place = try #require(rows[0].split(separator: ",").firstIndex(of: "loss"))
    return rows.map { $0.split(separator: ",") }.first { $0[0] == "\(step)" }
      .flatMap { Double($0[place]) }
  }

  /// Where a search can be when its program is killed.
  enum Moment: CaseIterable {
    case beforeAll, inFirst, afterFirst, betweenSeeds, beforeRename, afterRename, whileRemoving
  }

  @Test("A search that was interrupted ends as one that went through", arguments: Moment.allCases)
  func interrupted(_ moment: Moment) throws {
    try withTemporaryFolder { folder in
      let whole = RestartFixtures("\(folder)/whole")
      _ = try RestartFixtures.choose(try whole.begin())
      let table = try RestartTable(contentsOf: whole.out.restarts)
      let cut = RestartFixtures("\(folder)/cut")
      try Self.leave(cut, at: moment, table)
      _ = try whole.finish()
      _ = try cut.resume()
      try RestartFixtures.expectSame(cut.out, whole.out)
      #expect(try RestartTable(contentsOf: cut.out.restarts) == table)
      #expect(try fileNames(in: "\(folder)/cut") == ["run"])
    }
  }

  /// Leaves the files that a program which is killed at a moment leaves.
  private static func leave(
    _ search: RestartFixtures, at moment: Moment, _ table: RestartTable
  ) throws {
    _ = try search.begin()
    var partial = table
    partial.kept = nil
    func write(_ count: Int) throws {
      partial.candidates = Array(table.candidates.prefix(count))
      try RestartFixtures.write(partial, to: "\(search.seeds)/restarts.json")
    }
    switch moment {
    case .beforeAll: break
    case .inFirst: try search.train(5, until: 3)
    case .afterFirst: try search.train(5, until: 6)
    case .betweenSeeds:
      try search.train(5, until: 6)
      try write(1)
      try AtomicFile.write("half", to: "\(search.seeds)/restarts.json.7-0.partial")
    case .beforeRename, .afterRename, .whileRemoving:
      for seed: UInt64 in 5...7 { try search.train(seed, until: 6) }
      try write(3)
      let kept = search.candidate(try #require(table.kept))
      try RestartFixtures.write(table, to: kept.restarts)
      if moment == .beforeRename { return }
      try AtomicFile.move(kept.path, to: search.out.path)
      if moment == .afterRename { return }
      for name in try fileNames(in: search.seeds) {
        try FileManager.default.removeItem(atPath: "\(search.seeds)/\(name)")
      }
    }
  }

  @Test("An observer stops a search, which goes on later")
  func stopped() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      do {
        let search = try fixture.begin()
        let stop = FunctionObserver { _, _ in .stop }
        let ending = try search.choose(compute: .threads(1), observers: { _ in [stop] })
        #expect(ending == .stopped)
      }
      // The same call again, with --resume.
      let result = try fixture.resume(RestartFixtures.changes, RestartFixtures.request)
      #expect(result.ending == .finished)
      // And once more, when all is done: the first seed is not the one that went on.
      _ = try fixture.resume(RestartFixtures.changes, RestartFixtures.request)
    }
  }

  @Test("One seed is the run itself")
  func single() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      _ = try RestartFixtures.choose(
        try fixture.begin(RestartFixtures.changes, RestartRequest(count: 1, steps: 12)))
      _ = try fixture.finish()
      let alone = RunFolder("\(folder)/alone")
      try RestartFixtures.plain(5, in: alone)
      try RestartFixtures.expectSame(fixture.out, alone)
    }
  }

  @Test("Threads do not change which seed goes on")
  func threads() throws {
    try withTemporaryFolder { folder in
      let (one, three) = (RestartFixtures("\(folder)/1"), RestartFixtures("\(folder)/3"))
      let first = try RestartFixtures.choose(try one.begin())
      let search = try three.begin()
      var events: [SeedSearch.Event] = []
      let second = try search.choose(compute: .threads(3), onEvent: { events.append($0) })
      #expect(first == second)
      guard case .chosen(let table) = second else {
        Issue.record("\(second)")
        return
      }
      let seeds = (5...7).map { seed in
        SeedSearch.Event.seed(UInt64(seed), number: seed - 4, count: 3, step: table.step)
      }
      #expect(events == seeds + [.chosen(table)])
    }
  }

  @Test("With pairs, half of the run is counted in pairs, and their terms are in the table")
  func pairs() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      var changes = RestartFixtures.changes
      changes.pairs = .transformed(.shapes)
      // 27 images, 4 pairs a step: 7 steps an epoch.
      changes.length = .epochs(2)
      let ending = try RestartFixtures.choose(
        try fixture.begin(changes, RestartRequest(count: 2)))
      guard case .chosen(let table) = ending else {
        Issue.record("\(ending)")
        return
      }
      #expect(table.step == 7)
      #expect(table.candidates.allSatisfy { $0.terms.keys.sorted() == ["balance", "consistency"] })
      #expect(table.text.hasPrefix("seed  loss"))
      #expect(table.text.contains("balance  consistency  categories"))
    }
  }

  @Test(
    "A seed whose numbers run away is out of the running; when all do, it is an error that stays",
    arguments: [1, 6])
  func failing(steps: Int) throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      var changes = RestartFixtures.changes
      changes.optimizer = .sgd
      changes.learningRate = 1e30
      // The first step ends with weights that give no numbers, the second one finds no loss with them.
      let request = RestartRequest(count: 3, steps: steps)
      func expectFailure(_ body: () throws -> Void) throws {
        let error = try #require(throws: FileError.self) { try body() }
        #expect(error.path == fixture.seeds)
        #expect(error.problem.hasPrefix("no seed could be trained (seed 5: "))
        #expect(
          error.problem.contains("not finite); remove the folder and begin again with a lower"))
      }
      try expectFailure { _ = try RestartFixtures.choose(try fixture.begin(changes, request)) }
      let table = try RestartTable(contentsOf: "\(fixture.seeds)/restarts.json")
      #expect(table.candidates.count == 3)
      #expect(table.candidates.allSatisfy { $0.loss == nil })
      let failure = try #require(table.candidates[0].failure)
      #expect(failure.hasPrefix(steps == 1 ? "the model of step 1 gives a KL" : "step "))
      // No seed is trained a second time.
      for seed: UInt64 in 5...7 {
        try FileManager.default.removeItem(atPath: fixture.candidate(seed).path)
      }
      try expectFailure { _ = try fixture.resume() }
      #expect(try fileNames(in: fixture.seeds) == ["restarts.json", "settings.json"])
    }
  }

  @Test("The others go on when one has failed")
  func oneFailed() throws {
    try withTemporaryFolder { folder in
      let whole = RestartFixtures("\(folder)/whole")
      _ = try RestartFixtures.choose(try whole.begin())
      var table = try RestartTable(contentsOf: whole.out.restarts)
      let first = try #require(table.kept)
      let fixture = RestartFixtures("\(folder)/failed")
      _ = try fixture.begin()
      // As if the best had failed.
      table.kept = nil
      let failed = try #require(table.candidates.firstIndex { $0.seed == first })
      table.candidates = Array(table.candidates[...failed])
      table.candidates[failed].loss = nil
      table.candidates[failed].failure = "step 2: fc_mean.weight holds a value that is not finite"
      for candidate in table.candidates where candidate.seed != first {
        try fixture.train(candidate.seed, until: 6)
      }
      try RestartFixtures.write(table, to: "\(fixture.seeds)/restarts.json")
      _ = try fixture.resume()
      let result = try RestartTable(contentsOf: fixture.out.restarts)
      #expect(result.kept != nil && result.kept != first)
      #expect(result.text.contains("out of the running: step 2: fc_mean.weight"))
    }
  }
}
