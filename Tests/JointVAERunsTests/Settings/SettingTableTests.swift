import JointVAE
import JointVAEData
import JointVAERuns
import Testing

struct SettingTableTests {
  @Test("The list of rows has each of the table's properties once")
  func complete() {
    #expect(SettingTable.all.count == Mirror(reflecting: SettingTable.rows).children.count)
  }

  @Test("Names are unique, and every row has help that is a sentence")
  func rows() {
    let names = SettingTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count >= 37)
    for setting in SettingTable.all {
      #expect(setting.help.hasSuffix("."), "\(setting.name)")
      #expect(SettingTable.named(setting.name)?.label == setting.label)
      for other in [setting.companion?.name, setting.rival].compactMap({ $0 }) {
        #expect(SettingTable.named(other) != nil, "\(other)")
      }
    }
  }

  /// Settings that a plain configuration has, with their companions where they need some.
  private func plainRun(for setting: AnySetting) throws -> RunConfiguration {
    let run = RunConfiguration(
      training: TrainingConfiguration(
        imageShape: ImageShape(size: 32), latents: LatentSpec(continuous: 1, discrete: [10])),
      images: ImagesReference(DataSetRequest("mnist", split: .train, imageSize: 32)),
      recipe: "mnist")
    var changes = SettingChanges()
    if let companion = setting.companion { changes[text: companion.name] = companion.text }
    return try changes.applied(to: run)
  }

  @Test("A default is what a run has when nothing sets it, and prints as it is parsed")
  func defaults() throws {
    var count = 0
    for setting in SettingTable.all {
      guard case .value(let text)? = setting.defaultValue else { continue }
      let plain = try plainRun(for: setting)
      var changes = SettingChanges()
      changes[text: setting.name] = text
      let run = try changes.applied(to: plain)
      #expect(run == plain, "\(setting.name)")
      var again = SettingChanges()
      again[text: setting.name] = setting.words(in: run)
      #expect(try again.applied(to: plain) == plain, "\(setting.name)")
      count += 1
    }
    #expect(count >= 14)
  }

  /// Texts just outside of what a setting may be.
  private func texts(outside kind: SettingKind) -> [String] {
    switch kind {
    case .whole(let first, let last):
      ["\(first - 1)", last.map { "\($0 + 1)" }, "1.5", "many", ""].compactMap { $0 }
    case .size: ["0", "7", "257", "1x1000", "32x", "x32", "32x32x1", "-8", "8.5", "many", ""]
    case .number(let bounds), .numberOrNone(let bounds):
      [
        bounds.minimum.map { "\($0.nextDown)" }, bounds.above.map { "\($0)" },
        bounds.below.map { "\($0)" }, "nan", "inf", "many", "",
      ].compactMap { $0 }
    case .numbers(let count, let bounds):
      [
        bounds.minimum, bounds.above, bounds.below,
      ].compactMap { $0 }.filter { $0 != bounds.minimum }.map { number in
        Array(repeating: "\(number)", count: count).joined(separator: ",")
      } + ["0.5", "many", "0.5,0.5,0.5"]
    case .numbersOrNone(let bounds):
      [bounds.above, bounds.below].compactMap { $0.map { "\($0)" } } + [
        "many", "0.5,many", "0.5,", "",
      ]
    case .words, .flag, .toggle: ["neither", ""]
    case .counts: ["4,x", "0", ""]
    case .capacity: ["0,5", "1,0,10,30", "0,5,10,-1"]
    case .loss: ["l1", "cauchy:0", "laplace:-1"]
    case .text, .path, .names, .column: []
    }
  }

  @Test("A value out of range is refused, with the setting, the value and what was expected")
  func outOfRange() throws {
    for setting in SettingTable.all {
      let plain = try plainRun(for: setting)
      for text in texts(outside: setting.kind) {
        var changes = SettingChanges()
        changes[text: setting.name] = text
        let error = #expect(throws: ConfigurationError.self, "\(setting.name) \(text)") {
          try changes.applied(to: plain)
        }
        guard let error else { continue }
        #expect(!error.setting.isEmpty && !error.value.isEmpty && !error.expected.isEmpty)
        let isNamed = setting.label.split(separator: " ").contains {
          error.setting.contains($0)
        }
        #expect(isNamed || setting.kind.isLoss, "\(error)")
      }
    }
  }

  @Test("A value at the end of its range is taken")
  func endsOfRanges() throws {
    for setting in SettingTable.all {
      let plain = try plainRun(for: setting)
      let texts: [String] =
        switch setting.kind {
        case .whole(let first, let last): ["\(first)", last.map { "\($0)" }].compactMap { $0 }
        case .size: ["8", "256", "8x256", "256x8"]
        case .number(let bounds), .numberOrNone(let bounds):
          [
            bounds.minimum.map { "\($0)" }, bounds.above.map { "\($0.nextUp)" },
            bounds.below.map { "\($0.nextDown)" },
          ].compactMap { $0 }
        case .words(let words): words
        default: []
        }
      for text in texts {
        var changes = SettingChanges()
        changes[text: setting.name] = text
        do { _ = try changes.applied(to: plain) } catch let error as ConfigurationError {
          // The most values of z alone are too many beside c.
          #expect(error.setting == "latents" && setting.name == "continuous", "\(error)")
        }
      }
    }
  }

  @Test(
    "A resumed run may change its length, its early stop, checkpoints and the place of its data alone"
  )
  func fixed() {
    let free = SettingTable.all.filter { !$0.isFixed }.map(\.name)
    #expect(
      free == [
        "data", "gray", "rgb", "strict", "epochs", "steps", "early-stop", "checkpoint-every",
      ])
  }

  @Test("The check of resumed runs names every setting that differs, with both values")
  func difference() throws {
    let setting = try #require(SettingTable.named("pairs"))
    let before = try plainRun(for: setting)
    var changes = SettingChanges()
    changes.checkpointInterval = 7
    changes.length = .steps(9)
    changes.dataPath = "/elsewhere"
    #expect(SettingTable.difference(of: try changes.applied(to: before), from: before) == nil)
    changes.rgb = true
    #expect(
      SettingTable.difference(of: try changes.applied(to: before), from: before)
        == "colors as in the files, not rgb")
    changes.swapsCategories = false
    changes.pairs = .transformed(.letters)
    let all = try #require(
      SettingTable.difference(of: try changes.applied(to: before), from: before))
    #expect(
      all.components(separatedBy: "; ").sorted() == [
        "balance none, not 60.0", "colors as in the files, not rgb", "consistency none, not 10.0",
        "pairs none, not letters", "swap none, not false",
      ])
  }

  @Test("A setting takes the place of its rival, and nil takes a setting back")
  func rivals() throws {
    var changes = SettingChanges()
    changes.steps = 5
    changes.epochs = 3
    #expect(changes.steps == nil)
    #expect(changes.length == .epochs(3))
    var others = SettingChanges()
    others.length = .steps(8)
    #expect(changes.merging(others).length == .steps(8))
    changes.epochs = nil
    #expect(changes == SettingChanges())
    changes.rgb = true
    changes[text: "gray"] = "false"
    #expect(changes.rgb == true)
  }
}

extension SettingKind {
  /// Losses are named by their numbers, such as `laplace scale`.
  fileprivate var isLoss: Bool { if case .loss = self { true } else { false } }
}
