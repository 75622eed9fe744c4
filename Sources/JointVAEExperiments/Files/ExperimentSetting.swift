import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEReports

/// A setting of an experiment: an option of `jointvae train`, without its dashes.
///
/// A value is the text that the option would be given, so that both mean the same.
struct ExperimentSetting: Sendable {
  /// Such as `batch-size`.
  let name: String
  /// Which values it may have, such as `a whole number`.
  let expected: String
  /// Puts a value's text into the changes.
  let apply: @Sendable (String, inout SettingChanges) throws -> Void

  /// The one called `name`, if there is one.
  static func named(_ name: String) -> ExperimentSetting? { all.first { $0.name == name } }

  /// All of them, in the order of `jointvae train --help`.
  static let all: [ExperimentSetting] = data + latents + training

  private static let data: [ExperimentSetting] = [
    ExperimentSetting(name: "dataset", expected: "a data set's name or path") {
      $1.dataSet = $0
    },
    ExperimentSetting(name: "data", expected: "the path of the data set's files") {
      $1.dataPath = $0
    },
    ExperimentSetting(
      name: "recipe",
      expected: "paper, pairs or one of " + Recipe.names
    ) {
      $1.recipe = $0
    },
    choice("split", \.split),
    number("image-size", \.imageSize),
    number("limit", \.limit),
    ExperimentSetting(name: "validation", expected: "a share such as 0.1, or a number of images") {
      $1.validation = try ValidationShare(parsing: $0)
    },
    ExperimentSetting(name: "gray", expected: "true or false") {
      if try flag($0, "gray") { $1.images.color = .gray }
    },
    ExperimentSetting(name: "rgb", expected: "true or false") {
      if try flag($0, "rgb") { $1.images.color = .rgb }
    },
    choice("fit", \.images.fit),
    choice("invert", \.images.inversion),
    ExperimentSetting(name: "classes", expected: "a list of classes") {
      $1.images.classes = $0.split(separator: ",").map(String.init)
    },
    number("shuffle-seed", \.images.shuffleSeed),
    ExperimentSetting(name: "label-column", expected: "a column") { $1.images.labelColumn = $0 },
    ExperimentSetting(name: "strict", expected: "true or false") {
      $1.images.isStrict = try flag($0, "strict")
    },
  ]

  private static let latents: [ExperimentSetting] = [
    number("continuous", \.continuous),
    ExperimentSetting(name: "discrete", expected: "categories such as 10 or [4, 3], or none") {
      $1.discrete = try counts($0)
    },
    ExperimentSetting(name: "loss", expected: "a loss, such as bce, mse or cauchy:0.5") {
      $1.loss = try ReconstructionLoss(text: $0)
    },
    choice("reconstruction-scale", \.reconstructionScale),
    ExperimentSetting(name: "continuous-capacity", expected: capacityWords) {
      $1.continuousCapacity = try Capacity(text: $0, name: "continuous capacity")
    },
    ExperimentSetting(name: "discrete-capacity", expected: capacityWords) {
      $1.discreteCapacity = try Capacity(text: $0, name: "discrete capacity")
    },
    number("temperature", \.temperature),
  ]

  private static let training: [ExperimentSetting] = [
    ExperimentSetting(name: "epochs", expected: "a whole number") {
      $1.length = .epochs(try parse($0, "epochs"))
    },
    ExperimentSetting(name: "steps", expected: "a whole number") {
      $1.length = .steps(try parse($0, "steps"))
    },
    choice("optimizer", \.optimizer),
    number("learning-rate", \.learningRate),
    decay("learning-rate-decay", \.learningRateDecay),
    number("momentum", \.momentum),
    number("batch-size", \.batchSize),
    ExperimentSetting(name: "pairs", expected: "a transformation, such as handwriting, or none") {
      $1.pairs = try PairsChoice(text: $0)
    },
    decay("pairs-decay", \.transformationDecay),
    number("consistency", \.consistencyWeight),
    number("balance", \.balanceWeight),
    ExperimentSetting(name: "swap", expected: "true or false") {
      $1.swapsCategories = try flag($0, "swap")
    },
    number("log-every", \.logInterval),
    number("checkpoint-every", \.checkpointInterval),
  ]
}

// MARK: Texts

extension ExperimentSetting {
  private static let capacityWords = "minimum, maximum, iterations and weight, as [0, 5, 25000, 30]"

  /// A setting that is a number.
  private static func number<Number: LosslessStringConvertible & Numeric & SendableMetatype>(
    _ name: String, _ keyPath: WritableKeyPath<SettingChanges, Number?> & Sendable
  ) -> ExperimentSetting {
    ExperimentSetting(name: name, expected: words(for: Number.self)) {
      $1[keyPath: keyPath] = try parse($0, name) as Number
    }
  }

  /// A setting of how another one comes down.
  private static func decay(
    _ name: String, _ keyPath: WritableKeyPath<SettingChanges, DecayChoice?> & Sendable
  ) -> ExperimentSetting {
    ExperimentSetting(
      name: name, expected: "a share and steps, such as 0.1@20000-28000, or none"
    ) {
      $1[keyPath: keyPath] = try DecayChoice(text: $0, name: name)
    }
  }

  /// A setting that is one of a few words.
  private static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ keyPath: WritableKeyPath<SettingChanges, Choice?> & Sendable
  ) -> ExperimentSetting {
    let expected = Choice.allCases.map(\.rawValue).joined(separator: " or ")
    return ExperimentSetting(name: name, expected: expected) {
      guard let choice = Choice(rawValue: $0) else {
        throw ConfigurationError(name, $0.quoted, expected: expected)
      }
      $1[keyPath: keyPath] = choice
    }
  }

  private static func words<Number: Numeric>(for: Number.Type) -> String {
    Number.self == Double.self ? "a number" : "a whole number"
  }

  private static func parse<Number: LosslessStringConvertible & Numeric & SendableMetatype>(
    _ text: String, _ name: String
  ) throws -> Number {
    guard let number = Number(text) else {
      throw ConfigurationError(name, text.quoted, expected: words(for: Number.self))
    }
    return number
  }

  private static func flag(_ text: String, _ name: String) throws -> Bool {
    guard let flag = Bool(text) else {
      throw ConfigurationError(name, text.quoted, expected: "true or false")
    }
    return flag
  }

  private static func counts(_ text: String) throws -> [Int] {
    if text == "none" { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let count = Int($0) else {
        throw ConfigurationError(
          "discrete", text.quoted, expected: "categories such as 10 or [4, 3], or none")
      }
      return count
    }
  }
}

extension Experiment {
  /// The names of all settings that an experiment file may have.
  package static let settingNames = ExperimentSetting.all.map(\.name)
}
