import Foundation
import JointVAE
import JointVAEExperiments
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

/// A row of the table of settings reaches every place where settings stand.
@Suite("Settings in files") struct SettingReachTests {
  /// A value of each setting that no default has: as an experiment file gives it, and as a run prints it.
  static let samples: [String: (given: String, printed: String)] = [
    "dataset": ("mnist", "mnist"), "data": ("/digits", "/digits"), "split": ("test", "test"),
    "limit": ("9", "9"), "validation": ("0.25", "0.25"), "gray": ("true", "true"),
    "rgb": ("true", "true"), "fit": ("pad", "pad"), "invert": ("off", "off"),
    "alpha": ("black", "black"),
    "values": ("[-1, 1]", "-1,1"),
    "classes": ("[a, b]", "a,b"), "shuffle-seed": ("3", "3"), "label-column": ("last", "last"),
    "strict": ("true", "true"), "transpose": ("true", "true"),
    "recipe": ("mnist", "mnist"), "image-size": ("48x80", "48x80"),
    "network": ("wide", "wide"), "channels": ("[64, 96]", "64,96"),
    "hidden": ("[512, 128]", "512,128"),
    "extra-convolutions": ("2", "2"), "activation": ("leaky-relu", "leaky-relu"),
    "model": ("dip-vae-2", "dip-vae-2"), "beta": ("2.5", "2.5"),
    "tc-sampling": ("weighted", "weighted"), "dip-off-diagonal": ("3", "3.0"),
    "dip-diagonal": ("7", "7.0"), "tc-weight": ("35", "35.0"),
    "discriminator-units": ("1000", "1000"),
    "continuous": ("3", "3"), "discrete": ("[4, 2]", "4,2"),
    "loss": ("{cauchy: 0.5}", "cauchy:0.5"), "reconstruction-scale": ("sum", "sum"),
    "initial-output": ("0.25", "0.25"),
    "continuous-capacity": ("[0, 7, 8, 9]", "0.0,7.0,8,9.0"),
    "discrete-capacity": ("[0, 1, 2, 3, 4@5-6]", "0.0,1.0,2,3.0,4.0@5-6"),
    "temperature": ("0.5", "0.5"), "epochs": ("7", "7"), "steps": ("34", "34"),
    "early-stop": ("20epochs", "20epochs"),
    "batch-size": ("12", "12"), "optimizer": ("sgd", "sgd"), "learning-rate": ("0.25", "0.25"),
    "learning-rate-decay": ("0.5@2-6", "0.5@2-6"), "momentum": ("0.5", "0.5"),
    "adam-betas": ("[0.5, 0.99]", "0.5,0.99"), "gradient-clip": ("2", "2.0"), "lanes": ("4", "4"),
    "pairs": ("letters", "letters"), "pairs-decay": ("0.5@2-6", "0.5@2-6"),
    "self-labels": ("\"10@5:0.9\"", "10.0@5:0.9"),
    "neighbors": ("\"10@5,9:0.25\"", "10@5,9:0.25"),
    "consistency": ("3", "3.0"), "balance": ("4", "4.0"), "swap": ("false", "false"),
    "log-every": ("7", "7"), "checkpoint-every": ("8", "8"),
  ]

  /// The settings of experiment files; seeds have a list of their own there.
  static let names = SettingTable.all.map(\.name).filter { $0 != "seed" }

  @Test("Every setting has a sample here, and every sample is a setting")
  func complete() {
    #expect(Set(Self.samples.keys) == Set(Self.names))
  }

  @Test(
    "Every setting goes from an experiment file to the run and to config.json", arguments: names)
  func file(name: String) throws {
    let (given, printed) = try #require(Self.samples[name])
    let setting = try #require(SettingTable.named(name))
    var base = ["dataset": "shapes"]
    base[name] = given
    if let companion = setting.companion { base[companion.name] = companion.text }
    let text = base.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    let run = try #require(try plan("base: {\(text)}\n").runs.first).configuration()
    #expect(setting.words(in: run) == printed)
    try withTemporaryFolder { folder in
      let path = "\(folder)/config.json"
      try run.write(to: path)
      let stored = try RunConfiguration(contentsOf: path)
      #expect(setting.words(in: stored) == printed)
    }
  }

  @Test("Every setting is an option of train, and a line of docs/settings.md")
  func help() throws {
    let package = SharedFiles.packageFolder
    // What the program prints, as another test of it makes sure.
    let help = try String(
      contentsOfFile: "\(package)/Tests/CommandLineTests/Expected/train.txt", encoding: .utf8)
    let page = try String(contentsOfFile: "\(package)/docs/settings.md", encoding: .utf8)
    for setting in SettingTable.all {
      let option = setting.name == "dataset" ? "<dataset>" : "--\(setting.name)"
      #expect(help.contains(option))
      #expect(page.contains("- `\(setting.name)"))
    }
  }

  @Test("docs/settings.md is current; `jointvae generate settings` renews it")
  func page() throws {
    let page = try String(
      contentsOfFile: "\(SharedFiles.packageFolder)/docs/settings.md", encoding: .utf8)
    #expect(page == SettingTable.markdown)
  }

  @Test("Experiments/schema.json is current; `jointvae generate schema` renews it")
  func schema() throws {
    let schema = try String(
      contentsOfFile: "\(SharedFiles.packageFolder)/Experiments/schema.json", encoding: .utf8)
    #expect(schema == (try ExperimentSchema.text()))
  }
}
